import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zApiError, zApiFailure } from '../../../../lib/adapters/z-api/z-api.errors.js';
import type { FailureCategory } from '../../../../lib/index.js';
import { answer, expectRefusal, type Row, ZAPI } from '../../../support/error-cases/rejections.js';

const said = (text: string) => ({ providerCode: text, providerMessage: text });
const refusal = (situation: string, status: number, error: string, meaning: Row[3]): Row => [
  situation,
  status,
  { error },
  meaning,
  said(error),
];
const LAPSED = 'To continue sending a message, you must subscribe to this instance again';

const ROWS: Row[] = [
  refusal('no client token', 400, 'your client-token is not configured', 'authentication'),
  refusal('no client token, as documented', 400, 'null not allowed', 'authentication'),
  refusal('a wrong client token', 403, 'Client-Token not allowed', 'authentication'),
  refusal('a wrong client token, in other letters', 403, 'CLIENT-TOKEN NOT ALLOWED', 'authentication'),
  refusal('no client token, in other letters', 400, 'NULL not allowed', 'authentication'),
  refusal('an address outside the list', 403, '[203.0.113.9] not allowed', 'permission'),
  refusal('an address outside the list, in other letters', 403, '[203.0.113.9] NOT allowed', 'permission'),
  refusal('an empty address outside the list', 403, '[] not allowed', 'permission'),
  refusal('no instance', 400, 'Instance not found', 'authentication'),
  refusal('no instance either', 404, 'Instance not found', 'authentication'),
  refusal('no instance, though HTTP says fine', 200, 'Instance not found', 'authentication'),
  refusal('a lapsed subscription', 400, LAPSED, 'subscription'),
  refusal('a lapsed subscription, in other letters', 400, LAPSED.toUpperCase(), 'subscription'),
  ['a lapsed subscription in plain text', 400, LAPSED, 'subscription', { providerMessage: LAPSED }],
  ['a lapsed subscription in a JSON string', 400, JSON.stringify(LAPSED), 'subscription', { providerMessage: LAPSED }],
  [
    'no instance, in the message',
    400,
    { error: 'X', message: 'instance not found' },
    'authentication',
    { providerCode: 'X', providerMessage: 'instance not found' },
  ],
  [
    'no instance, in the error beside a message',
    400,
    { error: 'Instance not found', message: 'Sorry' },
    'authentication',
    { providerCode: 'Instance not found', providerMessage: 'Sorry' },
  ],
  [
    'a wrong path',
    404,
    { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' },
    'provider-rejected',
    { providerCode: 'NOT_FOUND', providerMessage: 'Unable to find matching target resource method' },
  ],
  [
    'a wrong path, though HTTP says fine',
    200,
    { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' },
    'provider-rejected',
    { providerCode: 'NOT_FOUND', providerMessage: 'Unable to find matching target resource method' },
  ],
  refusal('a refusal, though HTTP says fine', 200, 'Some words', 'provider-rejected'),
  refusal('a refusal, though HTTP says made', 201, 'Some words', 'provider-rejected'),
  ['a value of false', 200, { value: false }, 'provider-rejected'],
  ['a value of false with words', 200, { value: false, message: 'No' }, 'provider-rejected', { providerMessage: 'No' }],
  ['a value of true, and no ids', 200, { value: true }, 'unknown-outcome'],
  ['an error of true', 200, { error: true, message: 'No' }, 'provider-rejected', { providerMessage: 'No' }],
  ['an error of false, and no ids', 200, { error: false, message: 'No' }, 'unknown-outcome'],
  ['an error as an object', 200, { error: { a: 1 }, message: 'No' }, 'provider-rejected', { providerMessage: 'No' }],
  ['an error as a list', 200, { error: ['x'] }, 'unknown-outcome'],
  ['an empty error', 200, { error: '' }, 'unknown-outcome'],
  ['an error of null', 200, { error: null }, 'unknown-outcome'],
  ['a message alone', 200, { message: 'Hello' }, 'unknown-outcome'],
  [
    "the compatible host's number",
    400,
    { error: 400, message: 'Bad' },
    'provider-rejected',
    { providerCode: '400', providerMessage: 'Bad' },
  ],
  ["the compatible host's number alone", 200, { error: 7 }, 'provider-rejected', { providerCode: '7' }],
  ['an empty message', 200, { error: 7, message: '' }, 'provider-rejected', { providerCode: '7' }],
  ['a message that is no text', 200, { error: 7, message: 8 }, 'provider-rejected', { providerCode: '7' }],
  ['an error with an empty message', 200, { error: 'No', message: '' }, 'provider-rejected', said('No')],
  ['no ids and nothing else', 200, {}, 'unknown-outcome'],
  ['a list', 200, [], 'unknown-outcome'],
  ['a number', 200, '5', 'unknown-outcome'],
  ['null', 200, 'null', 'unknown-outcome'],
  ['nothing', 200, '', 'unknown-outcome'],
  ['words, though HTTP says fine', 200, 'Hello', 'unknown-outcome', { providerMessage: 'Hello' }],
  ['a JSON string, though HTTP says fine', 200, '"Hello"', 'unknown-outcome', { providerMessage: 'Hello' }],
  ['a page, though HTTP says fine', 200, '<html>', 'unknown-outcome'],
  ['no credentials that a status tells of', 401, '', 'authentication'],
  ['no credentials, with words', 401, { error: 'Who?' }, 'authentication', said('Who?')],
  ['forbidden', 403, '', 'provider-rejected'],
  ['a wrong verb', 405, '', 'provider-rejected'],
  ['no JSON content type', 415, '', 'provider-rejected'],
  ['a redirection', 302, '<html>', 'provider-rejected'],
  ['too much at once', 429, '', 'rate-limited'],
  refusal('a fault of its own', 500, 'Internal', 'unknown-outcome'),
  ['a page of a proxy', 502, '<html>', 'unknown-outcome'],
  ['a value of false in a 500', 500, { value: false }, 'unknown-outcome'],
  // Words that only begin like those that are known.
  refusal('null not at the beginning', 400, 'Value null not allowed', 'provider-rejected'),
  refusal('brackets not at the beginning', 400, 'The [address] not allowed', 'provider-rejected'),
];

/**
 * What a send may be told, at once or by callback, and what it is about. Source: Z-API's documentation, the send
 * callback's examples and "Blocks and bans".
 */
const FAILURES: [text: string, meaning: Row[3], category: FailureCategory, more?: 'buttons' | 'rests'][] = [
  ['The message was not sent due to a likely shadow ban', 'provider-rejected', 'account-restricted', 'rests'],
  ['Whatsapp rejected sending this message', 'provider-rejected', 'account-restricted', 'rests'],
  ['Did not have permission to send this message.', 'provider-rejected', 'account-restricted', 'rests'],
  ['Whatsapp did not allow sending this message', 'permission', 'permission'],
  ['Does not have permission to send the message', 'permission', 'permission'],
  ["You can't message this group as you don't have permission", 'permission', 'permission'],
  [
    'You must accept buttons message terms in panel to send this message.',
    'provider-rejected',
    'buttons-refused',
    'buttons',
  ],
  ['Buttons Actions not available to channels.', 'provider-rejected', 'buttons-refused', 'buttons'],
  ['Buttons not available to channels.', 'provider-rejected', 'buttons-refused', 'buttons'],
  ['Options List not available to channels.', 'provider-rejected', 'buttons-refused', 'buttons'],
  ['Pix button not available to channels.', 'provider-rejected', 'buttons-refused', 'buttons'],
  ['Document not available to channels.', 'provider-rejected', 'request'],
  ['Call with audio not available to channels.', 'provider-rejected', 'request'],
  ['Phone number does not exist', 'recipient-not-found', 'recipient'],
  ['phone not exists', 'recipient-not-found', 'recipient'],
  ['Message has not been sent because it got invalid phone number', 'recipient-not-found', 'recipient'],
  ['Timeout on send message', 'unknown-outcome', 'unavailable'],
  ['Error on send message', 'unknown-outcome', 'unavailable'],
  ['It was not possible to send message to queue due to request error.', 'provider-unavailable', 'unavailable'],
  ['Message not send caused by invalid media url', 'provider-rejected', 'media'],
  ['Got a 404 error while trying to send message', 'provider-rejected', 'media'],
  [
    'The url informed is not a valid url in the media format, apparently it can be an html',
    'provider-rejected',
    'media',
  ],
  ['Unsupported sticker format: text/html', 'provider-rejected', 'media'],
  ['Message has not been sent because an error occurred in the conversion', 'provider-rejected', 'media'],
  ['This type of message can only be sent in groups', 'provider-rejected', 'request'],
  ['Message has not been sent because it got invalid request params.', 'provider-rejected', 'request'],
  ['Message has not been edited because it has been more than 7 days', 'provider-rejected', 'request'],
  ['You are not connected.', 'provider-rejected', 'number-setup', 'rests'],
  ['You need to restore the session', 'provider-rejected', 'number-setup', 'rests'],
  [LAPSED, 'subscription', 'payment', 'rests'],
  ['Instance not found', 'authentication', 'authentication', 'rests'],
  ['Something of which nobody knows', 'provider-rejected', 'unknown'],
];

describe.each(FAILURES)('"%s"', (text, meaning, category, more) => {
  it.each([200, 400])(`in a %i means ${meaning}, ${category}`, async (status) => {
    const error = zApiError(await answer(status, { error: text }), ZAPI);
    expectRefusal(error, ['', status, '', meaning, { ...said(text), category }]);
  });

  it(`in a callback is about ${category}`, () => {
    const expected = { category, buttonsRefused: more === 'buttons', restsAccount: more === 'rests' };
    expect(zApiFailure({ text })).toEqual(expected);
    expect(zApiFailure({ text: text.toUpperCase() })).toEqual(expected);
  });
});

describe('What a callback tells of a failure', () => {
  it('is told by its code, too, whatever its words', () => {
    const expected = { category: 'account-restricted', buttonsRefused: false, restsAccount: true };
    expect(zApiFailure({ code: 'SHADOW_BAN' })).toEqual(expected);
    expect(zApiFailure({ code: 'SHADOW_BAN', text: 'You must accept buttons message terms' })).toEqual(expected);
  });

  it('may be nothing', () => {
    expect(zApiFailure({})).toEqual({ category: 'unknown', buttonsRefused: false, restsAccount: false });
  });
});

describe('What Z-API refuses', () => {
  it.each(ROWS.map((row) => ({ name: row[0], row })))('$name', async ({ row }) => {
    const error = zApiError(await answer(row[1], row[2]), ZAPI);
    expectRefusal(error, row);
    expect(error).toMatchObject({ provider: 'z-api', account: 'z' });
  });

  it('is said without the token', async () => {
    const error = zApiError(await answer(400, { error: 'No token-of-z here' }), ZAPI);
    expect([error.providerCode, error.providerMessage]).toEqual(['No [secret] here', 'No [secret] here']);
    expect(error.message).toBe('z-api refused the call: No [secret] here');
  });

  it('is never said to be unsent in a 5xx whose words are not known', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 500, max: 599 }), fc.json(), async (status, body) => {
        expect(zApiError(await answer(status, body), ZAPI).outcome).toBe('unknown');
      }),
      { numRuns: 200 },
    );
  });
});
