import type { QueueConnection } from './queue-connection.js';

/** What is kept of an account's pause. */
export interface PausedAccount {
  account: string;
}

const READ_INTERVAL_MS = 1_000;

/** The accounts whose messages wait. All processes heed it, within a second. */
export class PausedAccounts {
  private names: ReadonlySet<string> = new Set();
  private reading: Promise<void> | undefined;
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly connection: QueueConnection) {}

  async pause(account: string): Promise<void> {
    await this.connection.run(() => this.connection.pauses.add('pause', { account }, { jobId: idOf(account) }));
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  async resume(account: string): Promise<void> {
    await this.connection.run(() => this.connection.pauses.remove(idOf(account)));
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  /** Whether one of these is paused; at once, where that was read lately. */
  include(accounts: readonly string[] = []): Promise<boolean> | boolean {
    const wereRead = performance.now() - this.readAt < READ_INTERVAL_MS;
    return wereRead ? this.areKnown(accounts) : this.read().then(() => this.areKnown(accounts));
  }

  private areKnown(accounts: readonly string[]): boolean {
    return accounts.some((account) => this.names.has(account));
  }

  private read(): Promise<void> {
    this.reading ??= this.readOnce().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  // What was known stays known where the engine is away.
  private async readOnce(): Promise<void> {
    const began = performance.now();
    const jobs = await this.connection.run(() => this.connection.pauses.getJobs(['waiting'])).catch(() => undefined);
    if (jobs) this.names = new Set(jobs.flatMap((job) => (job ? [job.data.account] : [])));
    this.readAt = began;
  }
}

function idOf(account: string): string {
  return `account-${Buffer.from(account).toString('base64url')}`;
}
