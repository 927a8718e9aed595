import { setTimeout as pause } from 'node:timers/promises';
import type { AccountOptions } from '../../../../lib/index.js';
import { type EngineName, type Place, placeOn } from '../../../support/queue/engines.js';
import { settled, timed, until } from '../../../support/time.js';
import { ProductionApp, textsOf } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

/** Reasons why the messages of an account cannot be sent. Each is also the name of an account. */
export const OUTAGES = ['refused', 'answers-503', 'answers-401', 'answers-403', 'lookup-fails', 'unknown'] as const;
type Outage = (typeof OUTAGES)[number];

const WAITING: Record<Outage, number> = {
  refused: 100,
  'answers-503': 100,
  'answers-401': 100,
  'answers-403': 20,
  'lookup-fails': 20,
  unknown: 20,
};
const AWAY_MS = 60_000;
const BACK_MS = 60_000;

/** The result of the messages of each account. */
export type AwayReport = Record<
  string,
  {
    texts: string[];
    /** The states of the messages during the outage; `states` has those at the end. */
    during: Partial<Record<string, number>>;
    states: Partial<Record<string, number>>;
    accepted: string[];
    recoveredMs: number;
  }
>;

/** Runs one application with six accounts that are unavailable for a while, each for a different reason. */
export class AwayRun {
  private away = false;

  private constructor(
    private readonly place: Place,
    private readonly provider: ZApiInstances,
    private readonly unreachable: ZApiInstances,
    private readonly attempts: number | undefined,
    private app?: ProductionApp,
  ) {}

  static async start(engine: EngineName, attempts: number | undefined): Promise<AwayRun> {
    const [provider, unreachable] = [await ZApiInstances.start(), await ZApiInstances.start()];
    const run = new AwayRun(await placeOn(engine), provider, unreachable, attempts);
    await run.open();
    return run;
  }

  async run(): Promise<AwayReport> {
    const { queue } = this.running;
    await queue.pause();
    const enqueued = new Map<Outage, { texts: string[]; ids: string[] }>();
    for (const outage of OUTAGES) {
      const texts = textsOf(outage, WAITING[outage]).sort();
      enqueued.set(outage, { texts, ids: await this.running.enqueueAll(outage, texts) });
    }
    await this.leave();
    await queue.resume();
    await pause(AWAY_MS);
    const during = await this.statesOf(enqueued);
    await this.comeBack();
    const report: AwayReport = {};
    await Promise.all(
      [...enqueued].map(async ([outage, { texts, ids }]) => {
        const { ms } = await timed(() => this.allArrive(outage, texts.length));
        await settled(() => this.at(outage).accepted(outage).length, 1_000);
        await this.running.are(ids, 'sent', 5_000).catch(() => undefined);
        report[outage] = {
          texts,
          during: during.get(outage) ?? {},
          states: await this.running.states(ids),
          accepted: this.at(outage).accepted(outage).sort(),
          recoveredMs: ms,
        };
      }),
    );
    return report;
  }

  async close(): Promise<void> {
    await this.provider.close();
    await this.unreachable.close();
    await this.app?.close();
    await this.place.remove();
  }

  private get running(): ProductionApp {
    if (!this.app) throw new Error('The application has not started');
    return this.app;
  }

  private async open(): Promise<void> {
    const { engine, name } = this.place;
    const attempts = this.attempts === undefined ? {} : { attempts: this.attempts };
    this.app = await ProductionApp.start(
      { engine, name, ...attempts },
      {
        accounts: [
          this.unreachable.account('refused'),
          ...['answers-503', 'answers-401', 'answers-403'].map((account) => this.provider.account(account)),
        ],
        defaultAccount: 'refused',
        // A cached account would hide the failed look-up.
        resolvedAccountTtlMs: 1,
        resolveAccount: (account) => this.resolve(account),
      },
    );
  }

  private resolve(account: string): AccountOptions | undefined {
    if (this.away && account === 'lookup-fails') throw new Error('The table of tenants cannot be read');
    if (this.away && account === 'unknown') return undefined;
    return account === 'lookup-fails' || account === 'unknown' ? this.provider.account(account) : undefined;
  }

  private at(outage: Outage): ZApiInstances {
    return outage === 'refused' ? this.unreachable : this.provider;
  }

  private async leave(): Promise<void> {
    this.away = true;
    await this.unreachable.refuseConnections();
    // Without Retry-After, the outcome of a 503 is unknown and the message is held.
    this.provider.let('answers-503', { kind: 'answers', status: 503, retryAfter: 1 });
    for (const status of [401, 403]) this.provider.let(`answers-${status}`, { kind: 'answers', status });
  }

  private async comeBack(): Promise<void> {
    this.away = false;
    await this.unreachable.takeConnections();
    for (const status of [503, 401, 403]) this.provider.let(`answers-${status}`, { kind: 'accepts' });
  }

  private async allArrive(outage: Outage, count: number): Promise<void> {
    await until(() => this.at(outage).accepted(outage).length >= count, BACK_MS).catch(() => undefined);
  }

  private async statesOf(enqueued: ReadonlyMap<Outage, { ids: string[] }>) {
    const states = new Map<Outage, Partial<Record<string, number>>>();
    for (const [outage, { ids }] of enqueued) states.set(outage, await this.running.states(ids));
    return states;
  }
}
