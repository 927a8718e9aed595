import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carriesError, chatvoltError } from '../../lib/providers/chatvolt/chatvolt.errors.js';
import { META_CODES } from './meta-codes.js';
import { answer, CHATVOLT, expectRefusal, type Row } from './refusals.js';

const words = (providerMessage: string) => ({ providerMessage });
const EXPIRED = 'ERR_META_SESSION_EXPIRED_24H';
const FOURTH = '(#131009) Parameter value is not valid';

const ROWS: Row[] = [
  [
    'an invalid body',
    400,
    { error: 'error invalid request body', details: { path: 'agentId' } },
    'provider-rejected',
    words('error invalid request body: {"path":"agentId"}'),
  ],
  ['details alone', 400, { details: ['x'] }, 'provider-rejected', words('["x"]')],
  ['a wrong key', 401, { error: 'Unauthorized' }, 'authentication', words('Unauthorized')],
  ['a wrong key, in plain text', 401, 'Unauthorized', 'authentication', words('Unauthorized')],
  ['no subscription', 402, { error: 'Pay' }, 'subscription', words('Pay')],
  ["another organization's agent", 403, { error: 'No' }, 'permission', words('No')],
  ['forbidden, in plain text', 403, 'Forbidden', 'permission', words('Forbidden')],
  ['forbidden, in a JSON string', 403, '"Forbidden"', 'permission', words('Forbidden')],
  ['no conversation', 404, { message: 'Not found' }, 'recipient-not-found', words('Not found')],
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
    { providerCode: '131009', providerMessage: 'Bad' },
  ],
  ['another 406', 406, { error: 'Sentence' }, 'provider-rejected', words('Sentence')],
  ['a fourth button', 500, { error: FOURTH }, 'provider-rejected', { providerCode: '131009', providerMessage: FOURTH }],
  [
    'a fourth button, in plain text',
    500,
    `Error: ${FOURTH}`,
    'provider-rejected',
    { providerCode: '131009', providerMessage: `Error: ${FOURTH}` },
  ],
  [
    'a fourth button, though HTTP says fine',
    200,
    { error: FOURTH },
    'provider-rejected',
    { providerCode: '131009', providerMessage: FOURTH },
  ],
  [
    'a bare code',
    500,
    { error: 'WhatsApp said 130429 to it' },
    'rate-limited',
    { providerCode: '130429', providerMessage: 'WhatsApp said 130429 to it' },
  ],
  [
    'a code in the details',
    500,
    { error: 'Failed', details: { code: 131026 } },
    'recipient-not-found',
    { providerCode: '131026', providerMessage: 'Failed: {"code":131026}' },
  ],
  [
    'a code of the root',
    500,
    { error: 'Failed', code: 190 },
    'authentication',
    { providerCode: '190', providerMessage: 'Failed' },
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
    'a code that begins the error',
    500,
    { error: '133004' },
    'provider-unavailable',
    { providerCode: '133004', providerMessage: '133004' },
  ],
  [
    'a code of a kind nobody knows',
    500,
    { error: 'at 135000' },
    'provider-rejected',
    { providerCode: '135000', providerMessage: 'at 135000' },
  ],
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
    'provider-rejected',
    { providerCode: '399', providerMessage: 'Oops' },
  ],
  [
    'a code just above the statuses',
    500,
    { error: { code: 600, message: 'Oops' } },
    'provider-rejected',
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
  ['an empty error beside a message', 400, { error: '', message: 'Words' }, 'provider-rejected', words('Words')],
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
        async ([code, meaning, scope], pad) => {
          const text = `${pad}(#${code})${pad}`;
          const details = { providerCode: String(code), providerMessage: text.trim(), ...(scope && { scope }) };
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
