import { describe, expect, it } from '@jest/globals';
import { callbackId } from '../../../lib/adapters/callback-id.js';
import { deduplicationKey } from '../../../lib/webhooks/deduplication-key.js';
import {
  meta,
  metaStatus,
  metaText,
  voltWords,
  zDelivery,
  zPress,
  zReceived,
  zStatus,
  zText,
} from '../../integration/webhooks/fixtures.js';
import { eventIn } from '../../support/parsed-events.js';

const keyOf = (account: string, body: unknown) => deduplicationKey(eventIn(account, body));
const echo = (more: object = {}) =>
  zReceived({ fromMe: true, buttonsMessage: { buttons: [{ buttonId: 'a' }] }, ...more });
const account = (event: string) => ({ entry: [{ changes: [{ field: 'account_update', value: { event } }] }] });
const connection = (momment: number) => ({ type: 'ConnectedCallback', momment });
const GROUP = { phone: 'g', isGroup: true };

describe('A repetition', () => {
  it.each<[what: string, account: string, one: unknown, repeated: unknown]>([
    ['a press', 'z', zPress(), zPress({ momment: 1, senderName: 'Other' })],
    ['a text', 'w', meta([metaText('Hi')]), meta([metaText('Hi', { timestamp: '1' })])],
    ['an echo', 'z', echo(), echo({ momment: 1 })],
    ['a file', 'z', zReceived({ image: {} }), zReceived({ image: { caption: 'x' } })],
    ['a status', 'z', zStatus('READ'), zStatus('READ', { momment: 1 })],
    ['a status of a person under another writing', 'z', zStatus('READ'), zStatus('READ', { phone: '55' })],
    ['a connection', 'z', connection(1), connection(1)],
    ["an account's news", 'w', account('X'), account('X')],
    ['words without an id', 'c', voltWords('Hi', { messageId: '' }), voltWords('Hi', { messageId: '' })],
  ])('of %s has the same key', (_what, name, one, repeated) => {
    expect(keyOf(name, repeated)).toBe(keyOf(name, one));
  });

  it.each<[what: string, account: string, one: unknown, other: unknown]>([
    ['another message', 'z', zText('Hi'), zText('Hi', { messageId: 'M2' })],
    ['a press, and not the text', 'z', zText('Hi'), zPress()],
    [
      'an edit, and not the picture',
      'z',
      zReceived({ image: {} }),
      zReceived({ isEdit: true, editMessageId: '3EB0C767D26A1B4C1D12' }),
    ],
    ['another status', 'z', zStatus('READ'), zStatus('RECEIVED')],
    ['a failure, and not the sending', 'z', zDelivery(), zDelivery({ error: 'x' })],
    ['another connection', 'z', connection(1), connection(2)],
    ["other news of the account's", 'w', account('X'), account('Y')],
    [
      'another participant',
      'z',
      zStatus('READ', { ...GROUP, participant: '55' }),
      zStatus('READ', { ...GROUP, participant: '56' }),
    ],
    [
      'another participant by the lid',
      'z',
      zStatus('READ', { ...GROUP, participant: '5@lid' }),
      zStatus('READ', { ...GROUP, participant: '6@lid' }),
    ],
    [
      'another participant by the user id',
      'w',
      meta([], [metaStatus('read', { recipient_type: 'group', recipient_participant_user_id: 'BR.a' })]),
      meta(
        [],
        [metaStatus('read', { recipient_type: 'group', recipient_id: 'G', recipient_participant_user_id: 'BR.b' })],
      ),
    ],
    ['the group, and not a participant', 'z', zStatus('READ', GROUP), zStatus('READ', { ...GROUP, participant: '55' })],
  ])('is not %s', (_what, name, one, other) => {
    expect(keyOf(name, other)).not.toBe(keyOf(name, one));
  });

  it('is not what another account hears', () => {
    expect(keyOf('z2', zPress())).not.toBe(keyOf('z', zPress()));
  });
});

describe('The id of a callback without one', () => {
  it('does not depend on the order of fields, and names nothing of what was said', () => {
    expect(callbackId({ a: 1, b: 'words' })).toBe(callbackId({ b: 'words', a: 1 }));
    expect(callbackId({ a: 1 })).not.toBe(callbackId({ a: 2 }));
    expect(callbackId('a', 'b')).not.toBe(callbackId('ab'));
    expect(callbackId(undefined)).toMatch(/^callback-[\w-]{43}$/);
  });

  it('is found at once, however deep a body is', () => {
    let body: unknown = 'x';
    for (let depth = 0; depth < 20_000; depth += 1) body = [body];
    expect(callbackId(body)).toMatch(/^callback-/);
  });
});
