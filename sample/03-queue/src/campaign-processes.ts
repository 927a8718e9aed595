import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, on, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { QueueEngineOptions } from 'nestjs-button-messaging/queue';
import type { Decision, Report, Role } from './process-messages.js';

export interface Campaign {
  kind: QueueEngineOptions['kind'];
  workers: number;
  /** Invitations of the same name are sent once to each person. */
  name: string;
  people: number;
}

/** Runs the processes of a campaign and replaces those that die. An embedded queue has one process for everything. */
export class CampaignProcesses {
  private readonly running = new Map<ChildProcess, Role>();
  private readonly received = new EventEmitter();
  private readonly stopped = new AbortController();

  constructor(
    private readonly campaign: Campaign,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  start(): void {
    const workers = Array.from({ length: this.campaign.workers }, (): Role => 'worker');
    const roles: Role[] = this.campaign.kind === 'embedded' ? ['both'] : ['producer', ...workers];
    for (const role of roles) this.startOne(role);
  }

  /** Yields the reports of the process that enqueues, until `stop`. */
  async *reports(): AsyncGenerator<Report> {
    for await (const [report] of on(this.received, 'report', { signal: this.stopped.signal })) yield report;
  }

  /** Sends the decisions on held invitations to the process that enqueues. */
  decide(decisions: Decision[]): void {
    for (const [child, role] of this.running) if (role !== 'worker') child.send(decisions);
  }

  /** Kills a process that sends, as a crash would, and returns its ID. */
  killOne(): number | undefined {
    for (const [child, role] of this.running) {
      if (role === 'producer') continue;
      child.kill('SIGKILL');
      return child.pid;
    }
    return undefined;
  }

  /** Stops the processes after their requests in flight. */
  async stop(): Promise<void> {
    this.stopped.abort();
    const ends = [...this.running.keys()].map((child) => once(child, 'exit'));
    for (const child of this.running.keys()) child.disconnect();
    await Promise.all(ends);
  }

  private startOne(role: Role): void {
    const { name, people } = this.campaign;
    const child = fork(fileURLToPath(new URL('./process.js', import.meta.url)), [role, name, String(people)], {
      env: { ...process.env, ...this.environment, QUEUE_WORKER: String(role !== 'producer') },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.running.set(child, role);
    child.on('message', (report) => this.received.emit('report', report));
    child.once('exit', () => {
      this.running.delete(child);
      if (!this.stopped.signal.aborted) this.startOne(role);
    });
  }
}
