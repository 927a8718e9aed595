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

describe('deduplicationKey', () => {
  it.each<[what: string, account: string, one: unknown, repeated: unknown]>([
    ['a button reply', 'z', zPress(), zPress({ momment: 1, senderName: 'Other' })],
    ['a text', 'w', meta([metaText('Hi')]), meta([metaText('Hi', { timestamp: '1' })])],
    ['an echo', 'z', echo(), echo({ momment: 1 })],
    ['a file', 'z', zReceived({ image: {} }), zReceived({ image: { caption: 'x' } })],
    ['a status', 'z', zStatus('READ'), zStatus('READ', { momment: 1 })],
    ['a status with the phone number in another format', 'z', zStatus('READ'), zStatus('READ', { phone: '55' })],
    ['a connection', 'z', connection(1), connection(1)],
    ['an account event', 'w', account('X'), account('X')],
    ['a text without an ID', 'c', voltWords('Hi', { messageId: '' }), voltWords('Hi', { messageId: '' })],
  ])('returns the same key for a repetition of %s', (_what, name, one, repeated) => {
    expect(keyOf(name, repeated)).toBe(keyOf(name, one));
  });

  it.each<[what: string, account: string, one: unknown, other: unknown]>([
    ['two messages', 'z', zText('Hi'), zText('Hi', { messageId: 'M2' })],
    ['a text and a button reply with one ID', 'z', zText('Hi'), zPress()],
    [
      'an image and its edit',
      'z',
      zReceived({ image: {} }),
      zReceived({ isEdit: true, editMessageId: '3EB0C767D26A1B4C1D12' }),
    ],
    ['two statuses', 'z', zStatus('READ'), zStatus('RECEIVED')],
    ['a delivery and its failure', 'z', zDelivery(), zDelivery({ error: 'x' })],
    ['two connection events', 'z', connection(1), connection(2)],
    ['two account events', 'w', account('X'), account('Y')],
    [
      'two participants',
      'z',
      zStatus('READ', { ...GROUP, participant: '55' }),
      zStatus('READ', { ...GROUP, participant: '56' }),
    ],
    [
      'two participants by LID',
      'z',
      zStatus('READ', { ...GROUP, participant: '5@lid' }),
      zStatus('READ', { ...GROUP, participant: '6@lid' }),
    ],
    [
      'two participants by user ID',
      'w',
      meta([], [metaStatus('read', { recipient_type: 'group', recipient_participant_user_id: 'BR.a' })]),
      meta(
        [],
        [metaStatus('read', { recipient_type: 'group', recipient_id: 'G', recipient_participant_user_id: 'BR.b' })],
      ),
    ],
    ['a group and a participant', 'z', zStatus('READ', GROUP), zStatus('READ', { ...GROUP, participant: '55' })],
  ])('returns different keys for %s', (_what, name, one, other) => {
    expect(keyOf(name, other)).not.toBe(keyOf(name, one));
  });

  it('returns different keys for two accounts', () => {
    expect(keyOf('z2', zPress())).not.toBe(keyOf('z', zPress()));
  });
});

describe('callbackId', () => {
  it('depends on the values, not on the field order, and contains no content', () => {
    expect(callbackId({ a: 1, b: 'words' })).toBe(callbackId({ b: 'words', a: 1 }));
    expect(callbackId({ a: 1 })).not.toBe(callbackId({ a: 2 }));
    expect(callbackId('a', 'b')).not.toBe(callbackId('ab'));
    expect(callbackId(undefined)).toMatch(/^callback-[\w-]{43}$/);
  });

  it('handles a body nested 20,000 levels deep', () => {
    let body: unknown = 'x';
    for (let depth = 0; depth < 20_000; depth += 1) body = [body];
    expect(callbackId(body)).toMatch(/^callback-/);
  });
});
