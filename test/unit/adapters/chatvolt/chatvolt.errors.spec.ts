import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carriesError, chatvoltError } from '../../../../lib/adapters/chatvolt/chatvolt.errors.js';
import { META_CODES } from '../../../support/error-cases/meta-codes.js';
import { answer, CHATVOLT, expectRefusal, type Row } from '../../../support/error-cases/rejections.js';

const words = (providerMessage: string) => ({ providerMessage });
/** Nobody is known there; another account may know the recipient. */
const unknownThere = (providerMessage: string) => ({ providerMessage, scope: 'account' });
const badRequest = (providerMessage: string) => ({ providerMessage, category: 'request' as const });
/** As Graph writes its errors. */
const graph = (code: unknown, message = 'Told so') => ({
  message,
  type: 'OAuthException',
  code,
  fbtrace_id: 'A131016b',
});
const EXPIRED = 'ERR_META_SESSION_EXPIRED_24H';
const FOURTH = '(#131009) Parameter value is not valid';

const ROWS: Row[] = [
  [
    'an invalid body',
    400,
    { error: 'error invalid request body', details: { path: 'agentId' } },
    'provider-rejected',
    badRequest('error invalid request body: {"path":"agentId"}'),
  ],
  ['details alone', 400, { details: ['x'] }, 'provider-rejected', badRequest('["x"]')],
  ['a wrong key', 401, { error: 'Unauthorized' }, 'authentication', words('Unauthorized')],
  ['a wrong key, in plain text', 401, 'Unauthorized', 'authentication', words('Unauthorized')],
  ['no subscription', 402, { error: 'Pay' }, 'subscription', words('Pay')],
  ["another organization's agent", 403, { error: 'No' }, 'permission', words('No')],
  ['forbidden, in plain text', 403, 'Forbidden', 'authentication', words('Forbidden')],
  ['forbidden, in a JSON string', 403, '"forbidden."', 'authentication', words('forbidden.')],
  ['forbidden, without a word', 403, '', 'permission'],
  ['forbidden, as an error', 403, { error: 'Forbidden' }, 'permission', words('Forbidden')],
  ['forbidden, in a sentence', 403, 'Forbidden for this agent', 'permission', words('Forbidden for this agent')],
  ['no conversation', 404, { message: 'Not found' }, 'recipient-not-found', unknownThere('Not found')],
  [
    'no conversation, as documented',
    500,
    { error: 'No Conversation found' },
    'recipient-not-found',
    unknownThere('No Conversation found'),
  ],
  [
    'no conversation, as an object',
    500,
    { error: { message: 'No conversation found.' } },
    'recipient-not-found',
    unknownThere('No conversation found.'),
  ],
  [
    'no conversation, though HTTP says fine',
    200,
    { success: false, error: 'Error: No Conversation found' },
    'recipient-not-found',
    unknownThere('Error: No Conversation found'),
  ],
  [
    'no conversation within a longer text',
    500,
    { error: 'Replied, then: No Conversation found' },
    'unknown-outcome',
    words('Replied, then: No Conversation found'),
  ],
  [
    'another channel',
    500,
    { error: 'Unsupported Communication Channel.' },
    'provider-rejected',
    badRequest('Unsupported Communication Channel.'),
  ],
  [
    'a request that was refused further on',
    500,
    { error: 'Zapi: Request failed with status code 400' },
    'provider-rejected',
    badRequest('Zapi: Request failed with status code 400'),
  ],
  [
    'a request that was refused further on, in plain text',
    500,
    'Request failed with status code 499',
    'provider-rejected',
    badRequest('Request failed with status code 499'),
  ],
  [
    'a request that failed further on',
    500,
    { error: 'Request failed with status code 502' },
    'unknown-outcome',
    words('Request failed with status code 502'),
  ],
  [
    'a request that timed out further on',
    500,
    { error: 'Request failed with status code 408' },
    'unknown-outcome',
    words('Request failed with status code 408'),
  ],
  [
    'a fault of the schema',
    500,
    { error: '[{"code":"invalid_type","path":["agentId"],"message":"Required"}]' },
    'provider-rejected',
    badRequest('[{"code":"invalid_type","path":["agentId"],"message":"Required"}]'),
  ],
  [
    'a fault of the schema, as the whole body',
    500,
    [{ code: 'too_small', path: ['body_text'], message: 'Short' }],
    'provider-rejected',
    { category: 'request' },
  ],
  [
    'a fault of the schema, as an object',
    500,
    { error: { issues: [{ code: 'too_big', path: [], message: 'Long' }] } },
    'provider-rejected',
    badRequest('{"issues":[{"code":"too_big","path":[],"message":"Long"}]}'),
  ],
  ...[
    '[]',
    '[7]',
    '[{"code":1,"path":[],"message":"x"}]',
    '[{"code":"x","path":"a","message":"x"}]',
    '{"code":"x"}',
  ].map(
    (text): Row => [
      `JSON that is no fault of the schema: ${text}`,
      500,
      { error: text },
      'unknown-outcome',
      words(text),
    ],
  ),
  ['a closed window', 406, { error: EXPIRED }, 'window-closed', { providerCode: EXPIRED, providerMessage: EXPIRED }],
  [
    'a closed window in a 404',
    404,
    { error: EXPIRED },
    'window-closed',
    { providerCode: EXPIRED, providerMessage: EXPIRED },
  ],
  [
    'a closed window as an object',
    500,
    { error: { code: EXPIRED, message: 'Late' } },
    'window-closed',
    { providerCode: EXPIRED, providerMessage: 'Late' },
  ],
  [
    "a closed window by Meta's code",
    500,
    { error: { code: 131047 } },
    'window-closed',
    { providerCode: '131047', providerMessage: '{"code":131047}' },
  ],
  [
    "a closed window by Meta's code in a 404",
    404,
    { error: { code: '131047', message: 'Late' } },
    'window-closed',
    { providerCode: '131047', providerMessage: 'Late' },
  ],
  [
    "a status that is known beside another of Meta's codes",
    404,
    { error: { code: '131009', message: 'Bad' } },
    'recipient-not-found',
    { providerCode: '131009', providerMessage: 'Bad', scope: 'account' },
  ],
  ['a closed window in other words', 406, { error: 'Not Acceptable' }, 'window-closed', words('Not Acceptable')],
  ['a closed window in plain text', 406, 'Sorry', 'window-closed', words('Sorry')],
  [
    'a closed window within a text',
    500,
    { error: `Failed: ${EXPIRED} (late)` },
    'window-closed',
    words(`Failed: ${EXPIRED} (late)`),
  ],
  [
    'a fourth button',
    500,
    { error: FOURTH },
    'provider-rejected',
    { providerCode: '131009', providerMessage: FOURTH, category: 'request' },
  ],
  [
    'a fourth button, in plain text',
    500,
    `Error: ${FOURTH}`,
    'provider-rejected',
    { providerCode: '131009', providerMessage: `Error: ${FOURTH}`, category: 'request' },
  ],
  [
    'a fourth button, though HTTP says fine',
    200,
    { error: FOURTH },
    'provider-rejected',
    { providerCode: '131009', providerMessage: FOURTH, category: 'request' },
  ],
  [
    "a code in Graph's form",
    500,
    { error: graph(190) },
    'authentication',
    { providerCode: '190', providerMessage: 'Told so' },
  ],
  [
    "a code in Graph's form, within",
    500,
    { error: 'Failed', details: { response: [{ error: { code: '4', error_subcode: 1 } }] } },
    'rate-limited',
    { providerCode: '4', providerMessage: 'Failed: {"response":[{"error":{"code":"4","error_subcode":1}}]}' },
  ],
  [
    "a code in Graph's form, written into a text",
    500,
    { error: `Failed: ${JSON.stringify({ error: graph(10) })}` },
    'permission',
    { providerCode: '10', providerMessage: `Failed: ${JSON.stringify({ error: graph(10) })}` },
  ],
  [
    "a code that nobody knows, in Graph's form",
    500,
    { error: graph(300) },
    'unknown-outcome',
    { providerCode: '300', providerMessage: 'Told so' },
  ],
  [
    "a code that nobody knows, in Graph's form, in a 400",
    400,
    { error: graph(300) },
    'provider-rejected',
    { providerCode: '300', providerMessage: 'Told so' },
  ],
  [
    'a small code of another form',
    500,
    { error: { message: 'Deadline', code: 4 } },
    'unknown-outcome',
    { providerCode: '4', providerMessage: 'Deadline' },
  ],
  [
    'a code of another type',
    500,
    { error: { message: 'Card', type: 'card_error', code: 100 } },
    'unknown-outcome',
    { providerCode: '100', providerMessage: 'Card' },
  ],
  [
    'a code of the root',
    500,
    { error: 'Failed', code: 131026 },
    'recipient-not-found',
    { providerCode: '131026', providerMessage: 'Failed' },
  ],
  [
    'a code in the details',
    500,
    { error: 'Failed', details: { code: 131026 } },
    'unknown-outcome',
    words('Failed: {"code":131026}'),
  ],
  [
    'a bare code',
    500,
    { error: 'WhatsApp said 131026 to it' },
    'recipient-not-found',
    { providerCode: '131026', providerMessage: 'WhatsApp said 131026 to it' },
  ],
  [
    'a bare code behind a number',
    500,
    { error: 'after 130000, 131052' },
    'provider-rejected',
    { providerCode: '131052', providerMessage: 'after 130000, 131052', category: 'media' },
  ],
  [
    'a bare code that asks for a repetition',
    500,
    { error: 'WhatsApp said 130429 to it' },
    'unknown-outcome',
    { providerCode: '130429', providerMessage: 'WhatsApp said 130429 to it' },
  ],
  [
    'a bare code that asks for a repetition, in a 400',
    400,
    { error: 'WhatsApp said 130429 to it' },
    'rate-limited',
    { providerCode: '130429', providerMessage: 'WhatsApp said 130429 to it' },
  ],
  ...['a131016', '131016b', '-131016', '131016-', '.131016', '131016.', '_131016', 'é131016', '0131016', '131072'].map(
    (text): Row => [`a number that does not stand free: ${text}`, 500, { error: text }, 'unknown-outcome', words(text)],
  ),
  [
    'a number of tokens',
    500,
    { error: 'input of 131042 tokens is too long' },
    'unknown-outcome',
    words('input of 131042 tokens is too long'),
  ],
  [
    'a short code in brackets',
    500,
    { error: '(#4) Too many calls' },
    'rate-limited',
    { providerCode: '4', providerMessage: '(#4) Too many calls' },
  ],
  [
    'a code in brackets before a bare one',
    500,
    { error: '131026 (#190)' },
    'authentication',
    { providerCode: '190', providerMessage: '131026 (#190)' },
  ],
  ['a number that is longer', 500, { error: 'at 1310471' }, 'unknown-outcome', words('at 1310471')],
  ['a number that begins earlier', 500, { error: 'at 9131047' }, 'unknown-outcome', words('at 9131047')],
  ['a number of another kind', 500, { error: 'at 143104' }, 'unknown-outcome', words('at 143104')],
  [
    'a number of milliseconds',
    500,
    { error: 'no answer in 130000 ms' },
    'unknown-outcome',
    words('no answer in 130000 ms'),
  ],
  [
    'a number of milliseconds, in one word',
    500,
    { error: 'no answer in 130000ms' },
    'unknown-outcome',
    words('no answer in 130000ms'),
  ],
  [
    'a code that is the whole error',
    500,
    { error: '133010' },
    'provider-rejected',
    { providerCode: '133010', providerMessage: '133010', category: 'number-setup' },
  ],
  ['a code of a kind nobody knows', 500, { error: 'at 135001' }, 'unknown-outcome', words('at 135001')],
  ['a short code without brackets', 500, { error: 'at #4' }, 'unknown-outcome', words('at #4')],
  [
    'a code that repeats the status',
    500,
    { error: { code: 500, message: 'Oops' } },
    'unknown-outcome',
    { providerCode: '500', providerMessage: 'Oops' },
  ],
  [
    'the smallest status as a code',
    500,
    { error: { code: 400, message: 'Oops' } },
    'unknown-outcome',
    { providerCode: '400', providerMessage: 'Oops' },
  ],
  [
    'the largest status as a code',
    500,
    { error: { code: 599, message: 'Oops' } },
    'unknown-outcome',
    { providerCode: '599', providerMessage: 'Oops' },
  ],
  [
    'a code just below the statuses',
    500,
    { error: { code: 399, message: 'Oops' } },
    'unknown-outcome',
    { providerCode: '399', providerMessage: 'Oops' },
  ],
  [
    'a code just above the statuses',
    500,
    { error: { code: 600, message: 'Oops' } },
    'unknown-outcome',
    { providerCode: '600', providerMessage: 'Oops' },
  ],
  [
    "a code that repeats the status beside Meta's",
    500,
    { error: { code: 500, message: '(#131016) Down' } },
    'provider-unavailable',
    { providerCode: '131016', providerMessage: '(#131016) Down' },
  ],
  [
    'a word in capitals',
    500,
    { error: 'ERR_2X' },
    'unknown-outcome',
    { providerCode: 'ERR_2X', providerMessage: 'ERR_2X' },
  ],
  ['a word that ends small', 500, { error: 'ERRx' }, 'unknown-outcome', words('ERRx')],
  ['a word that begins small', 500, { error: 'xERR' }, 'unknown-outcome', words('xERR')],
  ['one capital', 500, { error: 'E' }, 'unknown-outcome', words('E')],
  ['a 500 without a code', 500, { error: 'Internal' }, 'unknown-outcome', words('Internal')],
  ['a 500 without anything', 500, '', 'unknown-outcome'],
  ['an error as an object without words', 500, { error: { a: 1 } }, 'unknown-outcome', words('{"a":1}')],
  [
    'an error as an object with an empty message',
    500,
    { error: { message: '' } },
    'unknown-outcome',
    words('{"message":""}'),
  ],
  [
    'an error as an object whose words are none',
    500,
    { error: { message: { a: 1 }, code: ['x'] } },
    'unknown-outcome',
    words('{"message":{"a":1},"code":["x"]}'),
  ],
  ['null', 500, 'null', 'unknown-outcome'],
  ['a number', 200, '5', 'unknown-outcome'],
  ['a number as the error', 500, { error: 7 }, 'unknown-outcome', words('7')],
  ['an empty error beside a message', 400, { error: '', message: 'Words' }, 'provider-rejected', badRequest('Words')],
  ['success that is false', 200, { success: false }, 'provider-rejected'],
  ['success that is false in a 500', 500, { success: false }, 'unknown-outcome'],
  ['an error, though HTTP says fine', 200, { error: 'Sentence' }, 'provider-rejected', words('Sentence')],
  ['success, and no ids', 200, { success: true }, 'unknown-outcome'],
  ['words, though HTTP says fine', 200, 'Hello', 'unknown-outcome', words('Hello')],
  ['a JSON string, though HTTP says fine', 200, '"Hello"', 'unknown-outcome', words('Hello')],
  ['a list', 200, '[]', 'unknown-outcome'],
  ['a page of a proxy', 502, '<html>', 'unknown-outcome'],
  ['too much at once', 429, { error: 'Slow down' }, 'rate-limited', words('Slow down')],
];

describe('What Chatvolt refuses', () => {
  it.each(ROWS.map((row) => ({ name: row[0], row })))('$name', async ({ row }) => {
    const error = chatvoltError(await answer(row[1], row[2]), CHATVOLT);
    expectRefusal(error, row);
    expect(error).toMatchObject({ provider: 'chatvolt', account: 'c' });
  });

  it("means what Meta's code in the text of a 500 means", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...META_CODES),
        fc.constantFrom('', ' ', 'x'),
        async ([code, meaning, category, scope], pad) => {
          const text = `${pad}(#${code})${pad}`;
          const said = { providerCode: String(code), providerMessage: text.trim() };
          const details = { ...said, category, ...(scope && { scope }) };
          expectRefusal(chatvoltError(await answer(500, { error: text.trim() }), CHATVOLT), [
            '',
            500,
            '',
            meaning,
            details,
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('asks for a wait where it says how long', async () => {
    const late = await answer(429, { error: 'Slow down' }, { 'retry-after': '3' });
    expect(chatvoltError(late, CHATVOLT)).toMatchObject({ code: 'rate-limited', retryAfterMs: 3_000 });
  });

  it.each<[status: number, error: unknown, header: string | undefined, retryAfterMs: number | undefined]>([
    [429, { message: 'Slow', retryAfter: 30 }, undefined, 30_000],
    [429, { message: 'Slow', retryAfter: '1.5' }, undefined, 1_500],
    [429, { message: 'Slow', retryAfter: 30 }, '2', 2_000],
    [429, { message: 'Slow', retryAfter: -1 }, undefined, undefined],
    [429, { message: 'Slow', retryAfter: 'soon' }, undefined, undefined],
    [429, { message: 'Slow' }, undefined, undefined],
    [429, 'Slow', undefined, undefined],
    [500, { message: 'Slow', retryAfter: 30 }, undefined, undefined],
  ])('a %i with the error %j, and Retry-After %p, asks for %p ms', async (status, error, header, retryAfterMs) => {
    const late = await answer(status, { error }, header === undefined ? {} : { 'retry-after': header });
    expect(chatvoltError(late, CHATVOLT).retryAfterMs).toBe(retryAfterMs);
  });

  it('asks for no wait in a list', async () => {
    expect(chatvoltError(await answer(429, '[]'), CHATVOLT).retryAfterMs).toBeUndefined();
  });

  it.each([
    ['a bare number', { error: 'Failed: 131026' }, 'Order 131026 is ready'],
    ['a number in brackets', { error: 'Failed', details: { text: '(#131026)' } }, 'Order (#131026) is ready'],
    ['a number as the code', { error: { code: 131026, message: 'x' } }, 'Order 131026 is ready'],
    ['the word for a closed window', { error: `Failed: ${EXPIRED}` }, `What does ${EXPIRED} mean?`],
    [
      'the words of a refusal',
      { error: 'Request failed with status code 400' },
      'Our server says: Request failed with status code 400',
    ],
  ])('is nothing where it only repeats what went out: %s', async (_what, body, text) => {
    const sent = `messages ${JSON.stringify({ text })}`;
    expect(chatvoltError(await answer(500, body), CHATVOLT, sent).outcome).toBe('unknown');
    expect(chatvoltError(await answer(500, body), CHATVOLT, 'messages {}').outcome).toBe('not-sent');
  });

  it('counts a code though another stands in what went out', async () => {
    const both = await answer(500, { error: 'Order (#131026): (#131047) Late', details: 'x' });
    expect(chatvoltError(both, CHATVOLT, 'Order (#131026)').code).toBe('window-closed');
  });

  it.each([
    [131047, 500, true],
    [131042, 502, true],
    [131047, 400, undefined],
  ])('says whether %i in a %i was only read from a bare number', async (code, status, inferred) => {
    expect(chatvoltError(await answer(status, { error: `Failed: ${code}` }), CHATVOLT).inferred).toBe(inferred);
    expect(chatvoltError(await answer(status, { error: graph(code) }), CHATVOLT).inferred).toBeUndefined();
  });

  it('looks for a code no deeper than anybody writes one', async () => {
    const deep = (depth: number): unknown => (depth === 0 ? graph(131026) : { inner: deep(depth - 1) });
    expect(chatvoltError(await answer(500, { error: deep(4) }), CHATVOLT).code).toBe('recipient-not-found');
    expect(chatvoltError(await answer(500, { error: deep(40) }), CHATVOLT).code).toBe('unknown-outcome');
  });
});

describe("A body of Chatvolt's", () => {
  it.each<[unknown, boolean]>([
    [{ success: false }, true],
    [{ success: false, error: null }, true],
    [{ success: true, error: 'x' }, true],
    [{ error: 'x' }, true],
    [{ error: {} }, true],
    [{ error: 0 }, true],
    [{ error: true }, true],
    [{ error: false }, false],
    [{ error: null }, false],
    [{ error: '' }, false],
    [{ success: true }, false],
    [{ success: 0 }, false],
    [{}, false],
    [[], false],
    ['null', false],
    ['', false],
    ['error', false],
  ])('%j carries an error: %p', async (body, expected) => {
    expect(carriesError((await answer(200, body)).body)).toBe(expected);
  });
});
