import { describe, expect, it } from '@jest/globals';
import { callbackDataOf } from '../../../../lib/adapters/whatsapp-cloud/whatsapp-cloud.callback-data.js';
import { meta, metaChange, metaStatus } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

const change = (field: unknown, value: Fields, time?: unknown) => ({ entry: [{ time, changes: [{ field, value }] }] });

describe('Cloud API webhook: message statuses', () => {
  const failed = {
    kind: 'message-status',
    status: 'failed',
    messageIds: ['wamid.SENT1'],
    recipient: { phone: '5511999999999' },
  };
  const unknown = { category: 'unknown' };

  it.each<[more: Fields, said: object]>([
    [{}, unknown],
    [{ errors: [] }, unknown],
    [{ errors: ['x'] }, unknown],
    [{ errors: [{}] }, { ...unknown, errors: [{ message: '' }] }],
    [
      { errors: [{ code: 131047 }] },
      { category: 'window-closed', code: '131047', reason: '131047', errors: [{ code: '131047', message: '' }] },
    ],
    [{ errors: [{ title: 'T' }] }, { ...unknown, reason: 'T', errors: [{ message: 'T' }] }],
    [
      { errors: [{ code: 1, title: 'T', message: 'M' }] },
      { ...unknown, code: '1', reason: '1: M', errors: [{ code: '1', message: 'M' }] },
    ],
    [
      { errors: [{ code: 1, title: 'T', message: 'M', error_data: { details: 'D' } }] },
      { ...unknown, code: '1', reason: '1: D', errors: [{ code: '1', message: 'D' }] },
    ],
    [{ errors: [{ title: 'T', details: 'E' }] }, { ...unknown, reason: 'E', errors: [{ message: 'E' }] }],
    [
      {
        errors: [
          { code: '131042', title: 'T' },
          { code: 131049, title: 'U' },
        ],
      },
      {
        category: 'payment',
        code: '131042',
        reason: '131042: T',
        errors: [
          { code: '131042', message: 'T' },
          { code: '131049', message: 'U' },
        ],
      },
    ],
    [{ biz_opaque_callback_data: callbackDataOf('id-1') }, { ...unknown, sentId: 'id-1' }],
    [{ biz_opaque_callback_data: 'id-1' }, unknown],
  ])('parses a failed status with %j as %j', (more, said) => {
    expect(bare(eventsIn('w', meta([], [metaStatus('failed', more)])))).toStrictEqual([{ ...failed, ...said }]);
  });

  it.each<[code: unknown, buttonsRefused: boolean, opensCircuit: boolean]>([
    [131009, true, false],
    ['131051', true, false],
    [131042, false, true],
    [131047, false, false],
    ['x', false, false],
  ])('reads code %j as buttonsRefused %p, opensCircuit %p', (code, buttonsRefused, opensCircuit) => {
    expect(hintsIn('w', meta([], [metaStatus('failed', { errors: [{ code }] })]))).toEqual({
      buttonsRefused,
      opensCircuit,
    });
  });

  it('ignores the errors of a status other than failed', () => {
    const [event] = bare(eventsIn('w', meta([], [metaStatus('delivered', { errors: [{ code: 131042 }] })])));
    expect(event).toStrictEqual({ ...failed, status: 'delivered' });
  });

  it.each<[what: string, more: Fields, recipient: object | undefined]>([
    [
      'a person by number and user IDs',
      { recipient_user_id: 'BR.a', recipient_parent_user_id: 'BR.ENT.a' },
      { phone: '5511999999999', userId: 'BR.a', parentUserId: 'BR.ENT.a' },
    ],
    ['a person by a user ID in place of the number', { recipient_id: 'BR.a' }, { userId: 'BR.a' }],
    ['no recipient from an empty recipient_id', { recipient_id: '' }, undefined],
    ['a group', { recipient_type: 'group', recipient_id: 'G1' }, { group: 'G1' }],
    [
      'a person in a group',
      { recipient_type: 'group', recipient_id: 'G1', recipient_participant_id: '55', recipient_user_id: 'BR.x' },
      { phone: '55', group: 'G1' },
    ],
    ['no recipient from a group status without an ID', { recipient_type: 'group', recipient_id: undefined }, undefined],
  ])('reads the recipient of a status: %s', (_what, more, recipient) => {
    const base = { kind: 'message-status', status: 'read', messageIds: ['wamid.SENT1'] };
    expect(bare(eventsIn('w', meta([], [metaStatus('read', more)])))).toStrictEqual([
      { ...base, ...(recipient && { recipient }) },
    ]);
  });

  it.each<[what: string, status: Fields, isStatus: boolean]>([
    ['parses a status of type message as a message status', metaStatus('read', { type: 'message' }), true],
    ['parses a status of type payment as kind other', metaStatus('failed', { type: 'payment' }), false],
    ['parses a status of type call as kind other', metaStatus('sent', { type: 'call' }), false],
    ['parses a status without a message ID as kind other', metaStatus('read', { id: '' }), false],
    ['parses a status object without a status as kind other', metaStatus('', { status: undefined }), false],
  ])('%s', (_what, status, isStatus) => {
    expect(bare(eventsIn('w', meta([], [status])))).toMatchObject([
      isStatus ? { kind: 'message-status' } : { kind: 'other', type: 'messages' },
    ]);
  });

  it('ignores a status that is not an object', () => {
    expect(eventsIn('w', change('messages', { statuses: ['read'] }))).toEqual([]);
  });
});

describe('Cloud API webhook: account events', () => {
  it.each<[field: string, value: Fields, type: string, detail: string | undefined]>([
    ['account_update', { event: 'ACCOUNT_DELETED' }, 'disabled', 'ACCOUNT_DELETED'],
    ['account_update', { event: 'PARTNER_ADDED' }, 'partner-added', 'PARTNER_ADDED'],
    ['account_update', { event: '' }, 'update', undefined],
    ['account_update', { event: 5 }, 'update', undefined],
    [
      'account_update',
      { event: 'ACCOUNT_RESTRICTION', restriction_info: [{ restriction_type: 'R1' }, 'x'] },
      'restricted',
      'ACCOUNT_RESTRICTION: R1',
    ],
    [
      'account_update',
      { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } },
      'restored',
      'DISABLED_UPDATE: REINSTATE',
    ],
    [
      'account_update',
      { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } },
      'disabled',
      'DISABLED_UPDATE: DISABLE',
    ],
    ['account_alerts', { alert_info: { alert_type: 'A1' } }, 'alert', 'A1'],
    ['account_review_update', { decision: 'APPROVED' }, 'review', 'APPROVED'],
    [
      'message_template_status_update',
      { message_template_name: 'hello', event: 'REJECTED', reason: 'NONE' },
      'template-status',
      'hello: REJECTED',
    ],
    [
      'template_category_update',
      { message_template_name: 'hello', new_category: 'MARKETING' },
      'template-category',
      'hello: MARKETING',
    ],
    [
      'message_template_quality_update',
      { message_template_name: 'hello', new_quality_score: 'RED' },
      'quality',
      'hello: RED',
    ],
    ['phone_number_quality_update', { event: 'FLAGGED' }, 'quality', 'FLAGGED'],
    ['phone_number_quality_update', { event: 'UNFLAGGED' }, 'quality', 'UNFLAGGED'],
    ['phone_number_quality_update', { event: 'UPGRADE', current_limit: 'T1' }, 'limit', 'UPGRADE: T1'],
    ['business_capability_update', { max_phone_numbers_per_waba: 5 }, 'limit', undefined],
  ])('parses %s %j as %s', (field, value, type, detail) => {
    const body = change(field, value, 1_769_619_600);
    expect(bare(eventsIn('w', body))).toStrictEqual([
      { kind: 'account', type, ...(detail !== undefined && { detail }) },
    ]);
    expect(eventIn('w', body).at).toEqual(new Date(1_769_619_600_000));
    // The same update at another time is a different event.
    expect(hintsIn('w', body)).not.toEqual(hintsIn('w', change(field, value, 1_769_619_601)));
  });

  it('parses errors without a message as an account event', () => {
    const errors = ['x', { code: 131042, title: 'T', message: 'T', error_data: { details: 'D' } }];
    expect(bare(eventsIn('w', change('messages', { errors })))).toStrictEqual([
      { kind: 'account', type: 'error', detail: '131042: T: D' },
    ]);
  });
});

describe('Cloud API webhook: other fields', () => {
  it.each<[field: unknown, value: Fields, type: string]>([
    ['calls', { calls: [{}] }, 'calls'],
    ['user_preferences', {}, 'user_preferences'],
    [undefined, {}, ''],
  ])('passes the field %j on as kind other, with its name', (field, value, type) => {
    expect(bare(eventsIn('w', change(field, value)))).toStrictEqual([{ kind: 'other', type }]);
  });

  it.each(['history', 'standby'])('does not parse messages of the field %s', (field) => {
    const { value } = metaChange([{ id: 'wamid.OLD', from: '55', type: 'text', text: { body: '1' } }]);
    expect(bare(eventsIn('w', { entry: [{ changes: [{ field, value }] }] }))).toEqual([{ kind: 'other', type: field }]);
  });
});
