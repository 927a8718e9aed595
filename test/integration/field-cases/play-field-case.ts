import { settled, until } from '../../support/time.js';
import { check, type Heard } from './check-field-case.js';
import { isFields } from './differences.js';
import { FieldApp } from './field-app.js';
import type { AccountName, Call, FieldCase, Fields, Hook, Sending } from './field-case.js';
import { present } from './present.js';
import { RuleBasedProvider } from './rule-based-provider.js';

/** The outcome of a call. */
export interface Outcome {
  state: 'pending' | 'done' | 'failed';
  value?: unknown;
  /** The ids that the provider returned during the call. */
  ids: string[];
  ended: Promise<void>;
}

const PATIENCE_MS = 15_000;

/** Runs a case in its own application, and returns the differences from the expectation. */
export async function play(given: FieldCase): Promise<string[]> {
  const provider = await RuleBasedProvider.start();
  let app: FieldApp | undefined;
  try {
    app = await FieldApp.start(given, provider.url);
    return await new Play(given, app, provider).run();
  } finally {
    provider.release();
    await app?.close();
    await provider.close();
  }
}

class Play {
  private readonly sent: Outcome[] = [];
  private readonly faults: string[] = [];
  private statuses: string[] | undefined;
  private from = 0;

  constructor(
    private readonly given: FieldCase,
    private readonly app: FieldApp,
    private readonly provider: RuleBasedProvider,
  ) {}

  async run(): Promise<string[]> {
    const { heardBefore = [] } = this.given;
    await this.hear(heardBefore, 200);
    for (const account of accountsOf(heardBefore)) await this.app.idle(account);
    for (const sending of this.given.sentBefore ?? []) await this.send(sending);
    if (this.given.webhook) await this.takeWebhooks(this.given.webhook);
    const heard: Heard = { events: [...this.app.events], settled: [...this.app.settled], sent: this.sent };
    if (this.statuses) heard.statuses = [...this.statuses];
    const [first] = this.sent;
    if (this.given.expect.last && first?.state === 'done') heard.last = this.app.statusesOf(first.value)[0];
    if (this.given.call) {
      this.from = this.provider.requests.length;
      heard.result = await this.calls(this.given.call, this.given.answer);
    }
    heard.requests = await this.requestsSince(this.from);
    if (this.given.call && this.given.again) {
      const from = this.provider.requests.length;
      const { call = this.given.call, answer } = this.given.again;
      heard.again = { result: await this.calls(call, answer), requests: await this.requestsSince(from) };
    }
    return [...this.faults, ...check(this.given.expect, heard)];
  }

  private async send(sending: Sending): Promise<void> {
    const index = this.sent.length;
    const requests = this.provider.requests.length;
    const answered = this.provider.answered;
    this.provider.answersBy(sending.answer);
    if (sending.answeredAfterWebhooks) this.provider.hold();
    const outcome = this.begin(sending);
    this.sent.push(outcome);
    if (sending.answeredAfterWebhooks) {
      await until(() => outcome.state !== 'pending' || this.provider.requests.length > requests);
    } else if (sending.call.endsWith('.ask')) {
      await until(() => outcome.state !== 'pending' || this.provider.answered > answered);
      // The response is on its way. The app handles a webhook posted now after it.
      await this.app.idle('sales');
    } else {
      await outcome.ended;
    }
    this.noteFailure(outcome, index);
    if (outcome.state === 'done' && sending.error) this.faults.push(`sentBefore[${index}] did not fail`);
  }

  private noteFailure(outcome: Outcome, index: number): void {
    const expected = this.given.sentBefore?.[index]?.error;
    if (outcome.state === 'failed' && !expected) this.faults.push(`sentBefore[${index}] failed: ${outcome.value}`);
  }

  private async takeWebhooks(hooks: Hook[]): Promise<void> {
    this.app.events.splice(0);
    this.provider.answersBy();
    this.from = this.provider.requests.length;
    this.listen();
    await this.hear(hooks, this.given.expect.http ?? 200);
    this.provider.release();
    const overtaken = (this.given.sentBefore ?? []).flatMap(({ call, answeredAfterWebhooks }, index) =>
      answeredAfterWebhooks && !call.endsWith('.ask') ? [this.sent[index]?.ended] : [],
    );
    await Promise.all(overtaken);
    this.sent.forEach((outcome, index) => {
      if (this.given.sentBefore?.[index]?.answeredAfterWebhooks) this.noteFailure(outcome, index);
    });
    this.listen();
    await patiently(() => this.isAsExpected());
    for (const account of accountsOf(hooks)) await this.app.idle(account);
  }

  /** Subscribes to the first message as soon as its id is known. */
  private listen(): void {
    const [first] = this.sent;
    if (this.given.expect.of && !this.statuses && first?.state === 'done') {
      this.statuses = this.app.statusesOf(first.value);
    }
  }

  private isAsExpected(): boolean {
    const { events = [], settled: expected = [], of = [], ask, requests } = this.given.expect;
    const count = typeof requests === 'number' ? requests : (requests?.length ?? 0);
    const asked = this.given.sentBefore?.findIndex(({ call }) => call.endsWith('.ask')) ?? -1;
    return (
      this.app.events.length >= events.length &&
      this.app.settled.length >= expected.length &&
      (this.statuses?.length ?? 0) >= of.length &&
      (this.given.call !== undefined || this.provider.requests.length - this.from >= count) &&
      (ask === undefined || ask === 'open' || this.sent[asked]?.state !== 'pending')
    );
  }

  private async hear(hooks: Hook[], expected: number | number[]): Promise<void> {
    for (const [index, hook] of hooks.entries()) {
      const status = await this.app.post(present(hook, this.provider.requests));
      if (![expected].flat().includes(status)) this.faults.push(`webhook ${index} was answered ${status}`);
    }
  }

  private begin(call: Call): Outcome {
    const before = this.provider.ids.length;
    const outcome: Outcome = { state: 'pending', ids: [], ended: Promise.resolve() };
    const end = (state: 'done' | 'failed') => (value: unknown) => {
      Object.assign(outcome, { state, value });
    };
    outcome.ended = this.app.call(call).then(end('done'), end('failed'));
    Object.defineProperty(outcome, 'ids', { get: () => this.provider.ids.slice(before) });
    return outcome;
  }

  private async calls(call: Call, answer: FieldCase['answer']): Promise<Outcome> {
    this.provider.answersBy(answer);
    const outcome = this.begin({ ...call, args: call.args.map(manyOf) });
    await outcome.ended;
    if (outcome.state === 'done' && isAsyncIterable(outcome.value)) {
      const results: unknown[] = [];
      for await (const result of outcome.value) results.push(result);
      outcome.value = results;
    }
    return outcome;
  }

  private async requestsSince(from: number) {
    await settled(() => this.provider.requests.length, 60);
    return this.provider.requests.slice(from);
  }
}

/** Expands `{ repeat, of }` into that many messages, each to its own number. */
function manyOf(argument: unknown): unknown {
  if (!isFields(argument)) return argument;
  const { repeat, of } = argument;
  if (typeof repeat !== 'number' || !isFields(of)) return argument;
  return Array.from({ length: repeat }, (_, index): Fields => {
    return { ...of, to: `${of.to}${String(index).padStart(2, '0')}` };
  });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function accountsOf(hooks: Hook[]): AccountName[] {
  return [...new Set(hooks.map(({ account }) => account))];
}

/** Waits for the expected events. The check reports those that are missing. */
async function patiently(condition: () => boolean): Promise<void> {
  await until(condition, PATIENCE_MS).catch(() => undefined);
}
