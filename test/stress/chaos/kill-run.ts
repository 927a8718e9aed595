import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, GatewaySimulator } from '../../../lib/simulator/index.js';
import { type EngineName, type Place, placeOn } from '../../support/queue/engines.js';
import { until } from '../../support/time.js';
import { type Account, MessageLedger } from './message-ledger.js';
import { QueueProcess } from './queue-process.js';
import { seededRandom } from './seeded-random.js';

export interface KillRunOptions {
  engine: EngineName;
  kills: number;
  messages: number;
  seed: number;
  /** The path of the compiled library. */
  library: string;
  onProgress?: (progress: KillRunProgress) => void;
}

export interface KillRunProgress {
  kills: number;
  accepted: number;
  doing: 'killing' | 'recovering' | 'sending the rest' | 'counting';
}

export interface KillReport extends Account {
  engine: EngineName;
  seed: number;
  kills: number;
  messages: number;
  /** The number of kills before the queue was open. */
  killsWhileStarting: number;
  /** The milliseconds from a kill until no message was left to send, for each measured recovery. */
  recoveriesMs: number[];
  seconds: number;
  /** Whether the last process exited after close. */
  endedByItself: boolean;
}

/** The number of consecutive kills before a complete recovery. */
const KILLS_IN_A_ROW = 10;
const KILLED_WHILE_STARTING = 0.2;
const LONGEST_START_MS = 500;
const LONGEST_LIFE_MS = 800;
const LONGEST_GAP_MS = 15;
const LONGEST_ANSWER_MS = 150;
const UNAVAILABLE = 0.03;
const RECOVERED_WITHIN_MS = 120_000;

/**
 * Enqueues and sends messages in a process that is killed repeatedly at random moments. At the end, it counts the
 * messages that the provider accepted.
 */
export async function killRun(options: KillRunOptions): Promise<KillReport> {
  const simulator = await GatewaySimulator.start({ keep: options.messages * 2 });
  const place = await placeOn(options.engine);
  try {
    return await new KillRun(options, simulator, place).run();
  } finally {
    await simulator.close();
    await place.remove();
  }
}

class KillRun {
  private readonly random: () => number;
  private readonly ledger: MessageLedger;
  private readonly recoveriesMs: number[] = [];
  private kills = 0;
  private killsWhileStarting = 0;
  private alive: QueueProcess | undefined;

  constructor(
    private readonly options: KillRunOptions,
    private readonly simulator: GatewaySimulator,
    private readonly place: Place,
  ) {
    this.random = seededRandom(options.seed);
    this.ledger = new MessageLedger('kill', options.messages);
    simulator.fail('z-api', () => this.fault(), Number.POSITIVE_INFINITY);
  }

  async run(): Promise<KillReport> {
    const { engine, seed, messages } = this.options;
    const began = performance.now();
    try {
      while (this.kills < this.options.kills) await this.liveAndDie();
      this.tell('sending the rest');
      const last = await this.next();
      while (this.ledger.left > 0) await this.enqueue(last);
      await this.nothingLeft(last);
      this.tell('counting');
      const account = await this.ledger.settle(this.simulator, (id) => last.find(id));
      const endedByItself = (await last.close()) === 0;
      const { kills, killsWhileStarting, recoveriesMs } = this;
      const seconds = (performance.now() - began) / 1_000;
      return { engine, seed, messages, kills, killsWhileStarting, recoveriesMs, seconds, endedByItself, ...account };
    } finally {
      await this.alive?.kill();
    }
  }

  private async liveAndDie(): Promise<void> {
    const process = this.start();
    if (this.random() < KILLED_WHILE_STARTING) await pause(this.random() * LONGEST_START_MS);
    else {
      await process.ready;
      await Promise.race([this.enqueueShare(process), pause(this.random() * LONGEST_LIFE_MS)]);
    }
    if (!(await isSettled(process.ready))) this.killsWhileStarting += 1;
    await process.kill();
    this.alive = undefined;
    this.kills += 1;
    this.tell('killing');
    if (this.kills % KILLS_IN_A_ROW === 0 || this.kills === this.options.kills) await this.recover();
  }

  /** Waits until all remaining messages are sent or held, and records the time since the kill. */
  private async recover(): Promise<void> {
    const killedAt = performance.now();
    this.tell('recovering');
    await this.nothingLeft(await this.next());
    this.recoveriesMs.push(performance.now() - killedAt);
  }

  private async enqueueShare(process: QueueProcess): Promise<void> {
    const share = Math.ceil(this.ledger.left / (this.options.kills - this.kills));
    for (let count = 0; count < share; count += 1) {
      void this.enqueue(process);
      await pause(this.random() * LONGEST_GAP_MS);
    }
    // Until it is killed, the process only sends.
    await process.ended;
  }

  private async enqueue(process: QueueProcess): Promise<void> {
    await this.ledger.enqueueNext((message, options) => process.enqueue(message, options));
  }

  private async nothingLeft(process: QueueProcess): Promise<void> {
    await until(async () => (await process.left()) === 0, RECOVERED_WITHIN_MS);
  }

  private async next(): Promise<QueueProcess> {
    const process = this.start();
    await process.ready;
    return process;
  }

  private start(): QueueProcess {
    const { engine, name } = this.place;
    const messaging = { accounts: this.simulator.accounts(), defaultAccount: 'z-api', logger: false } as const;
    this.alive ??= QueueProcess.start(this.options.library, { queue: { engine, name }, messaging });
    return this.alive;
  }

  private fault(): Fault {
    const delayMs = Math.round(this.random() * LONGEST_ANSWER_MS);
    return this.random() < UNAVAILABLE ? { delayMs, next: 'unavailable' } : { delayMs };
  }

  private tell(doing: KillRunProgress['doing']): void {
    this.options.onProgress?.({ kills: this.kills, accepted: this.ledger.accepted, doing });
  }
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}
