import { differences, isFields, line } from './differences.js';
import type { Expectation, Fields } from './field-case.js';
import type { Outcome } from './play-field-case.js';
import type { ProviderRequest } from './rule-based-provider.js';

/** Everything observed while a case runs. */
export interface Heard {
  events: Fields[];
  settled: Fields[];
  sent: Outcome[];
  statuses?: string[];
  last?: string | undefined;
  result?: Outcome;
  requests?: ProviderRequest[];
  again?: { result: Outcome; requests: ProviderRequest[] };
}

export function check(expected: Expectation, heard: Heard): string[] {
  const shown = heard.events.filter(({ kind }) => !String(kind).includes('settled'));
  return [
    ...checkEvents(expected, shown, heard.sent),
    ...(expected.of ? differences(heard.statuses, expected.of, 'of') : []),
    ...(expected.last ? differences(heard.last, expected.last, 'last') : []),
    ...(expected.ask ? checkAnswer(expected.ask, heard.sent) : []),
    ...(expected.settled ? checkSettled(expected.settled, heard) : []),
    ...checkCall(expected, heard.result),
    ...checkRequests(expected, heard.requests ?? []),
    ...(expected.again ? checkAgain(expected.again, heard) : []),
  ];
}

function checkEvents({ events, none = [] }: Expectation, shown: Fields[], sent: Outcome[]): string[] {
  const unwanted = shown.filter(({ kind }) => none.includes(String(kind))).map(summary);
  const faults = unwanted.length > 0 ? [line('events', unwanted, `none of ${none.join(', ')}`)] : [];
  if (!events) return faults;
  if (shown.length !== events.length) return [...faults, line('events', shown.map(summary), `${events.length}`)];
  const differing = events.flatMap(({ sent: of, ...event }, index) => [
    ...differences(shown[index], event, `events[${index}]`),
    ...checkSent(shown[index]?.sent, of, sent, `events[${index}].sent`),
  ]);
  return [...faults, ...differing];
}

function checkSent(actual: unknown, of: unknown, sent: Outcome[], path: string): string[] {
  if (of === undefined) return [];
  if (of === null) return differences(actual, null, path);
  const outcome = typeof of === 'number' ? sent[of] : undefined;
  if (!outcome || !isFields(actual)) return [line(path, actual, `what sentBefore[${of}] sent`)];
  const isIt = isFields(outcome.value) && outcome.value.id === actual.id;
  const hasItsId = outcome.ids.includes(String(actual.messageId));
  return isIt || hasItsId ? [] : [line(path, actual, `what sentBefore[${of}] sent`)];
}

function checkAnswer(ask: string, sent: Outcome[]): string[] {
  const [asked] = sent.filter(({ value }) => isQuestion(value)).concat(sent.filter(({ state }) => state === 'pending'));
  const answer = asked?.state === 'done' && isFields(asked.value) ? asked.value.button : undefined;
  if (ask !== 'open') return differences(answer, { id: ask }, 'ask');
  return answer === undefined ? [] : [line('ask', answer, 'open')];
}

/** Whether the value is the result or timeout of an `ask()`. */
function isQuestion(value: unknown): boolean {
  return (isFields(value) && value.kind === 'button-reply') || className(value) === 'ReplyTimeoutError';
}

function checkSettled(expected: number[], { settled, sent }: Heard): string[] {
  const ids = settled.map(({ sentId }) => sentId);
  return expected.flatMap((index) => {
    const value = sent[index]?.value;
    const id = isFields(value) ? value.id : undefined;
    return typeof id === 'string' && ids.includes(id)
      ? []
      : [line('settled', ids, `the id ${id} of sentBefore[${index}]`)];
  });
}

function checkCall({ error, result, results, says = [], saysNot = [] }: Expectation, outcome?: Outcome): string[] {
  const text = outcome?.value instanceof Error ? outcome.value.message : '';
  return [
    ...(error ? checkError(error, outcome, 'error') : []),
    ...(result ? checkResult(result, outcome, 'result') : []),
    ...(results ? checkResults(results, outcome) : []),
    ...says.filter((words) => !text.includes(words)).map((words) => line('error.message', text, `to hold ${words}`)),
    ...saysNot.filter((words) => text.includes(words)).map((words) => line('error.message', text, `without ${words}`)),
  ];
}

function checkError({ class: names, ...error }: Fields, outcome: Outcome | undefined, path: string): string[] {
  if (outcome?.state !== 'failed') return [line(path, outcome?.value, 'an error')];
  return [...differences(className(outcome.value), names, `${path}.class`), ...differences(outcome.value, error, path)];
}

function checkResult(expected: Fields, outcome: Outcome | undefined, path: string): string[] {
  return outcome?.state === 'done'
    ? differences(outcome.value, expected, path)
    : [line(path, outcome?.value, 'a result')];
}

function checkResults({ failed, outcome: expected }: { failed: number; outcome: string }, outcome?: Outcome): string[] {
  const results = Array.isArray(outcome?.value) ? outcome.value.filter(isFields) : [];
  const errors = results.flatMap(({ error }) => (isFields(error) ? [error] : []));
  const others = errors.filter((error) => error.outcome !== expected);
  return [
    ...differences(errors.length, failed, 'results.failed'),
    ...(others.length > 0 ? [line('results.outcome', others.map(className), expected)] : []),
  ];
}

function checkRequests(expected: Expectation, requests: ProviderRequest[]): string[] {
  const ofMethod = (name: string) => requests.filter(({ method }) => method === name);
  const posts = ofMethod('POST');
  return [
    ...(typeof expected.requests === 'number' ? differences(requests.length, expected.requests, 'requests') : []),
    ...(Array.isArray(expected.requests) ? checkEach(expected.requests, requests) : []),
    ...(expected.request ? checkOne(expected.request, posts.at(-1), 'request') : []),
    ...differences(posts.length, expected.posts, 'posts'),
    ...differences(ofMethod('GET').length, expected.gets, 'gets'),
    ...atMost('requests', requests.length, expected.requestsAtMost),
    ...atMost('gets', ofMethod('GET').length, expected.getsAtMost),
  ];
}

function checkEach(expected: Fields[], requests: ProviderRequest[]): string[] {
  if (requests.length !== expected.length) {
    return [
      line(
        'requests',
        requests.map(({ method, path }) => `${method} ${path}`),
        `${expected.length}`,
      ),
    ];
  }
  return expected.flatMap((one, index) => checkOne(one, requests[index], `requests[${index}]`));
}

function checkOne({ path, ...rest }: Fields, request: ProviderRequest | undefined, name: string): string[] {
  const misses = path !== undefined && !request?.path.includes(String(path));
  return [...(misses ? [line(`${name}.path`, request?.path, String(path))] : []), ...differences(request, rest, name)];
}

function checkAgain(expected: NonNullable<Expectation['again']>, { again }: Heard): string[] {
  const faults = [...checkCall(expected, again?.result), ...checkRequests(expected, again?.requests ?? [])];
  return faults.map((fault) => `again.${fault}`);
}

function atMost(name: string, actual: number, limit: number | undefined): string[] {
  return limit === undefined || actual <= limit ? [] : [line(name, actual, `at most ${limit}`)];
}

function summary({ kind, type, status, text, button, category, code }: Fields): Fields {
  const fields = { kind, type, status, text, button, category, code };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function className(value: unknown): string | undefined {
  return value instanceof Error ? value.constructor.name : undefined;
}
