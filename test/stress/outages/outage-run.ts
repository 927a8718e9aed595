import { setTimeout as pause } from 'node:timers/promises';
import { QueueUnavailableError } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { QueueApp } from '../../support/queue/queue-app.js';
import type { OwnServer } from '../../support/servers/own-server.js';
import { timed, until } from '../../support/time.js';
import { type Account, MessageLedger } from '../chaos/message-ledger.js';

/** The measurements of one outage. */
export interface OutageReport {
  /** The errors of `enqueue` during the outage, with their durations in milliseconds. */
  refusals: { error: unknown; ms: number }[];
  acceptedBefore: number;
  /** The milliseconds from the end of the outage until a message was enqueued and sent. */
  backWithinMs: number;
}

export interface OutageRunReport {
  outages: Record<string, OutageReport>;
  account: Account;
  enqueueTimeoutMs: number;
}

const ENQUEUE_TIMEOUT_MS = 1_000;
const MESSAGES_BEFORE_EACH = 40;
const LONGEST_ANSWER_MS = 150;
const GAP_MS = 15;
const BACK_WITHIN_MS = 60_000;

/** Enqueues and sends continuously while the server goes through each of its outages. */
export async function outageRun(server: OwnServer, outageMs: number): Promise<OutageRunReport> {
  const simulator = await GatewaySimulator.start({ keep: 100_000 });
  simulator.fail('z-api', () => ({ delayMs: Math.round(Math.random() * LONGEST_ANSWER_MS) }), Number.POSITIVE_INFINITY);
  const app = await QueueApp.start(simulator, { engine: server.engine, enqueueTimeoutMs: ENQUEUE_TIMEOUT_MS });
  const run = new OutageRun(simulator, app);
  try {
    const outages: Record<string, OutageReport> = {};
    for (const [name, outage] of Object.entries(server.outages)) {
      outages[name] = await run.through(outage, outageMs);
    }
    return { outages, account: await run.end(), enqueueTimeoutMs: ENQUEUE_TIMEOUT_MS };
  } finally {
    run.stop();
    await app.close();
    await simulator.close();
  }
}

class OutageRun {
  /** Has more messages than needed. The run stops it. */
  private readonly ledger = new MessageLedger('outage', 1_000_000);
  private readonly enqueuing = new Set<Promise<void>>();
  private failures: OutageReport['refusals'] = [];
  private over = false;
  private readonly traffic: Promise<void>;

  constructor(
    private readonly simulator: GatewaySimulator,
    private readonly app: QueueApp,
  ) {
    this.traffic = this.enqueueAgainAndAgain();
  }

  async through(outage: { begin(): Promise<void>; end(): Promise<void> }, outageMs: number): Promise<OutageReport> {
    const before = this.ledger.accepted;
    await until(() => this.ledger.accepted >= before + MESSAGES_BEFORE_EACH, BACK_WITHIN_MS);
    this.failures = [];
    const acceptedBefore = this.ledger.accepted;
    await outage.begin();
    await pause(outageMs);
    await outage.end();
    const { ms } = await timed(() => this.sentAgain());
    return { refusals: this.failures, acceptedBefore, backWithinMs: ms };
  }

  stop(): void {
    this.over = true;
  }

  async end(): Promise<Account> {
    this.stop();
    await this.traffic;
    await Promise.all(this.enqueuing);
    await until(async () => {
      const { waiting, delayed, active } = await this.app.queue.counts();
      return waiting + delayed + active === 0;
    }, BACK_WITHIN_MS);
    return this.ledger.settle(this.simulator, async (id) => (await this.app.queue.find(id))?.state);
  }

  private async sentAgain(): Promise<void> {
    const [accepted, sent] = [this.ledger.accepted, this.simulator.accepted()['z-api']];
    await until(() => this.ledger.accepted > accepted && this.simulator.accepted()['z-api'] > sent, BACK_WITHIN_MS);
  }

  private async enqueueAgainAndAgain(): Promise<void> {
    while (!this.over) {
      const enqueuing = this.enqueue().finally(() => this.enqueuing.delete(enqueuing));
      this.enqueuing.add(enqueuing);
      await pause(GAP_MS);
    }
  }

  private async enqueue(): Promise<void> {
    const { value: error, ms } = await timed(() =>
      this.ledger.enqueueNext(
        async (message, options) => (await this.app.queue.enqueue(message, options)).id,
        wasRefused,
      ),
    );
    if (error !== undefined) this.failures.push({ error, ms });
  }
}

function wasRefused(error: unknown): boolean {
  return error instanceof QueueUnavailableError && error.outcome === 'not-sent';
}
