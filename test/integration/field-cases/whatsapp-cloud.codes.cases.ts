import type { FieldCase, Fields } from './field-case.js';
import { answered, posted, question, questionTo, send } from './messages.js';
import { cloudAccepts, cloudRefuses, cloudStatus, failedWith, officialRefuses } from './whatsapp-cloud.bodies.js';

const OFFICIAL = { account: 'official' };
const HOUR_MS = 3_600_000;

interface Code {
  code: number;
  category?: string | string[];
  class?: string;
  /** The status of the response. @default 400 */
  status?: number;
  /** What failover does after this code. */
  via?: 'goes on' | 'stops';
  /** Occurs only in responses, because the message is never accepted. */
  answerOnly?: true;
}

const of = (
  category: string | string[] | undefined,
  codes: number[],
  more: Omit<Code, 'code' | 'category'> = {},
): Code[] => codes.map((code) => ({ code, ...(category !== undefined && { category }), ...more }));

/** Meta's error codes, grouped by who must act. */
const CODES: Code[] = [
  ...of('authentication', [0, 190], { class: 'AuthenticationError', status: 401, via: 'goes on', answerOnly: true }),
  ...of('permission', [3, 10, 200, 299], { class: 'PermissionError', status: 403, via: 'goes on', answerOnly: true }),
  ...of('permission', [131005], { class: 'PermissionError', status: 403, via: 'goes on' }),
  ...of('request', [100, 131008, 131009, 131051], { class: 'ProviderRejectedError', via: 'stops' }),
  ...of('recipient', [131026], { class: 'RecipientNotFoundError' }),
  ...of(['recipient', 'request'], [131021], { class: 'ProviderRejectedError' }),
  ...of('window-closed', [131047], { class: 'WindowClosedError', via: 'goes on' }),
  ...of('capped', [131049], { class: 'ProviderRejectedError' }),
  ...of('opted-out', [131050], { class: 'ProviderRejectedError', via: 'stops' }),
  ...of('account-restricted', [131031, 368], { status: 403, via: 'goes on' }),
  ...of('payment', [131042, 131044], { via: 'goes on' }),
  ...of('number-setup', [133010, 131045, 33, 133006, 131037], { via: 'goes on' }),
  ...of(undefined, [130497, 131048, 131064], { via: 'goes on' }),
  ...of(undefined, [130472, 131030, 130403]),
  ...of('media', [131052, 131053], { class: 'ProviderRejectedError' }),
  ...of('template', [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018], {
    class: 'ProviderRejectedError',
  }),
  ...of(['template', 'request'], [132068, 132069], { class: 'ProviderRejectedError' }),
  ...of('unavailable', [2, 131000, 131016, 131057, 133004], {
    class: 'ProviderUnavailableError',
    status: 500,
    via: 'goes on',
  }),
  ...of('rate-limited', [4, 80007, 80008, 613, 130429, 131056], { class: 'RateLimitedError', via: 'goes on' }),
];

const asAnswer = ({ code, category, class: name, status = 400 }: Code): FieldCase => ({
  id: `w-answer-${code}`,
  what: `reads ${code} in a response as ${[name ?? [], category ?? 'not sent'].flat().join(', ')}`,
  source: 'Meta, error codes: decide by the code, sorted by who must act',
  call: send(question(), { ...OFFICIAL, deadlineMs: 2_000 }),
  answer: [cloudRefuses(code, status)],
  expect: {
    error: {
      outcome: 'not-sent',
      ...(name !== undefined && { class: name }),
      ...(category !== undefined && { category }),
      providerCode: String(code),
    },
    requestsAtMost: 3,
  },
});

const asStatus = ({ code, category }: Code): FieldCase => ({
  id: `w-status-${code}`,
  what: `reads ${code} in a failed status as ${[category ?? 'failed'].flat().join(' or ')}`,
  source: 'Meta, webhooks: most rejections arrive in statuses[].errors',
  sentBefore: [answered(send(question(), OFFICIAL), cloudAccepts('wamid.O50'))],
  webhook: [cloudStatus('failed', 'wamid.O50', failedWith(code, { title: `Failed ${code}` }))],
  expect: {
    events: [
      {
        kind: 'message-status',
        status: 'failed',
        code: String(code),
        errors: [{ code: String(code), message: true }],
        ...(category !== undefined && { category }),
        sent: 0,
      },
    ],
    of: ['failed'],
    requests: 0,
  },
});

const GIVEN = [131042, 131031, 133010];

const asVia = ({ code, status = 400, via }: Code): FieldCase => ({
  id: `w-via-${code}`,
  what: via === 'stops' ? `stops failover after ${code}` : `continues failover after ${code}`,
  source:
    via === 'stops'
      ? 'Failover goes on after what is the affair of the account, never after another error'
      : 'Meta, error codes: it is the account that must act, or time',
  call: send(question(), { via: ['official', 'sales'] }),
  answer: [officialRefuses(code, status)],
  expect:
    via === 'stops'
      ? { error: { outcome: 'not-sent' }, requests: 1 }
      : { result: { account: 'sales', tried: [{ account: 'official' }] } },
});

const saysNothing = (code: number, status: number): FieldCase => ({
  id: `w-unknown-${code}-${status}`.replace('--', '-minus-'),
  what: `reports ${code} with ${status} as unknown, and does not retry`,
  source: 'Meta, error codes: 1, -1 and unknown codes with a 5xx say nothing of the message',
  call: send(question(), { via: ['official', 'sales'] }),
  answer: [officialRefuses(code, status)],
  expect: { error: { class: 'UnknownOutcomeError', outcome: 'unknown', category: 'unknown' }, requests: 1 },
});

const usage = (...minutes: number[]): Record<string, string> => {
  const entries = minutes.map((estimated_time_to_regain_access) => ({
    type: 'whatsapp',
    call_count: 100,
    estimated_time_to_regain_access,
  }));
  return { 'x-business-use-case-usage': JSON.stringify({ '10000000001': entries }) };
};

const rests = (
  id: string,
  what: string,
  code: number,
  headers: Record<string, string>,
  retryAfterMs: Fields,
): FieldCase => ({
  id,
  what,
  source: 'Graph API, rate limits: no Retry-After; minutes in X-Business-Use-Case-Usage',
  call: send(question(), OFFICIAL),
  answer: [cloudRefuses(code, 400, { headers })],
  expect: { error: { class: 'RateLimitedError', outcome: 'not-sent', retryAfterMs }, requests: 1 },
});

const deadBatch = (code: number, status: number): FieldCase => ({
  id: `w-batch-${code}`,
  what: `limits the requests of a batch to an account that responds with ${code}`,
  source: 'Meta, error codes: stop sending from the account',
  call: {
    call: 'ButtonMessagingService.sendMany',
    args: [
      { repeat: 60, of: questionTo('55219777711') },
      { ...OFFICIAL, concurrency: 6, deadlineMs: 5_000 },
    ],
  },
  answer: [cloudRefuses(code, status)],
  expect: { results: { failed: 60, outcome: 'not-sent' }, requestsAtMost: 30 },
});

export const whatsAppCloudCodeCases: FieldCase[] = [
  ...CODES.map(asAnswer),
  ...CODES.filter(({ answerOnly }) => !answerOnly).map(asStatus),
  ...CODES.filter(({ via, code }) => via !== undefined && !GIVEN.includes(code)).map(asVia),
  saysNothing(1, 503),
  saysNothing(-1, 500),
  saysNothing(987654, 500),
  saysNothing(131999, 502),
  {
    id: 'w-unknown-code-400',
    what: 'reads an unknown code with a 400 as a rejection',
    source: 'An unknown code is undecided only with a 5xx; otherwise it is a rejection',
    call: send(question(), OFFICIAL),
    answer: [cloudRefuses(987655, 400)],
    expect: { error: { class: 'ProviderRejectedError', outcome: 'not-sent', category: 'unknown' }, requests: 1 },
  },
  {
    id: 'w-status-unknown-code',
    what: 'keeps an unknown code of a failed status',
    source: 'A failed status is failed with any code',
    sentBefore: [answered(send(question(), OFFICIAL), cloudAccepts('wamid.O51'))],
    webhook: [cloudStatus('failed', 'wamid.O51', failedWith(987656))],
    expect: { events: [{ kind: 'message-status', status: 'failed', code: '987656', category: 'unknown', sent: 0 }] },
  },
  {
    id: 'w-via-number-that-is-not-there',
    what: 'continues failover after an unknown or forbidden phoneNumberId',
    source: 'Graph API: 100 with the subcode 33, as integrators with a wrong phone_number_id get it',
    call: send(question(), { via: ['official', 'sales'] }),
    answer: [
      posted(
        400,
        {
          error: {
            message: "Unsupported post request. Object with ID '1065403522' does not exist",
            type: 'GraphMethodException',
            code: 100,
            error_subcode: 33,
            fbtrace_id: 'Ab1',
          },
        },
        { to: 'POST 1065403522/' },
      ),
    ],
    expect: { result: { account: 'sales', tried: [{ account: 'official' }] }, requests: 2 },
  },
  rests(
    'w-rest-of-the-app',
    "reports a wait of at least a minute after the app's rate limit",
    4,
    {},
    { from: 60_000, to: HOUR_MS },
  ),
  rests(
    'w-rest-of-the-number',
    "reports a wait of at least a minute after the business's rate limit",
    80007,
    {},
    { from: 60_000, to: HOUR_MS },
  ),
  rests('w-rest-of-12', 'reports the wait of 12 minutes that Meta requests', 4, usage(12), {
    from: 660_000,
    to: 780_000,
  }),
  rests('w-rest-of-hours', 'limits a requested wait of five hours to one hour', 80007, usage(300), {
    from: 60_000,
    to: HOUR_MS,
  }),
  deadBatch(131031, 403),
  deadBatch(133010, 400),
];
