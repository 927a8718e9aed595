import { Injectable } from '@nestjs/common';
import { QueueConnection } from './queue-connection.js';
import type { PausedAccount } from './queued-message.interface.js';

const READ_INTERVAL_MS = 1_000;

/** Keeps the list of paused accounts in the engine. All processes apply it within a second. */
@Injectable()
export class PausedAccounts {
  private names: ReadonlySet<string> = new Set();
  private reading: Promise<void> | undefined;
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly connection: QueueConnection) {}

  async pause(account: string): Promise<void> {
    const data: PausedAccount = { account };
    await this.connection.run(() => this.connection.pauses.add('pause', data, { jobId: jobIdOf(account) }));
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  async resume(account: string): Promise<void> {
    await this.connection.run(() => this.connection.pauses.remove(jobIdOf(account)));
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  /** Returns whether one of these accounts is paused, synchronously if the list was read within the last second. */
  include(accounts: readonly string[] = []): Promise<boolean> | boolean {
    const isFresh = performance.now() - this.readAt < READ_INTERVAL_MS;
    return isFresh ? this.includeKnown(accounts) : this.read().then(() => this.includeKnown(accounts));
  }

  private includeKnown(accounts: readonly string[]): boolean {
    return accounts.some((account) => this.names.has(account));
  }

  private read(): Promise<void> {
    this.reading ??= this.readOnce().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  /** Keeps the last known list if the engine is unavailable. */
  private async readOnce(): Promise<void> {
    const startedAt = performance.now();
    const jobs = await this.connection.run(() => this.connection.pauses.getJobs(['waiting'])).catch(() => undefined);
    if (jobs) this.names = new Set(jobs.flatMap((job) => (job ? [job.data.account] : [])));
    this.readAt = startedAt;
  }
}

function jobIdOf(account: string): string {
  return `account-${Buffer.from(account).toString('base64url')}`;
}
