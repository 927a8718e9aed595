import { describe, expect, it } from '@jest/globals';
import { callbackDataOf } from '../../../../lib/adapters/whatsapp-cloud/whatsapp-cloud.callback-data.js';
import { meta, metaChange, metaStatus } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

const change = (field: unknown, value: Fields, time?: unknown) => ({ entry: [{ time, changes: [{ field, value }] }] });

describe('What became of a message of the Cloud API', () => {
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
  ])('a failure with %j says %j', (more, said) => {
    expect(bare(eventsIn('w', meta([], [metaStatus('failed', more)])))).toStrictEqual([{ ...failed, ...said }]);
  });

  it.each<[code: unknown, buttonsRefused: boolean, restsAccount: boolean]>([
    [131009, true, false],
    ['131051', true, false],
    [131042, false, true],
    [131047, false, false],
    ['x', false, false],
  ])('the code %j refuses buttons: %p, everything: %p', (code, buttonsRefused, restsAccount) => {
    expect(hintsIn('w', meta([], [metaStatus('failed', { errors: [{ code }] })]))).toEqual({
      buttonsRefused,
      restsAccount,
    });
  });

  it('errors beside another status say nothing of the message', () => {
    const [event] = bare(eventsIn('w', meta([], [metaStatus('delivered', { errors: [{ code: 131042 }] })])));
    expect(event).toStrictEqual({ ...failed, status: 'delivered' });
  });

  it.each<[what: string, more: Fields, recipient: object | undefined]>([
    [
      'a person by number and ids',
      { recipient_user_id: 'BR.a', recipient_parent_user_id: 'BR.ENT.a' },
      { phone: '5511999999999', userId: 'BR.a', parentUserId: 'BR.ENT.a' },
    ],
    ['a person by an id in the place of the number', { recipient_id: 'BR.a' }, { userId: 'BR.a' }],
    ['nobody', { recipient_id: '' }, undefined],
    ['a group', { recipient_type: 'group', recipient_id: 'G1' }, { group: 'G1' }],
    [
      'a person in a group',
      { recipient_type: 'group', recipient_id: 'G1', recipient_participant_id: '55', recipient_user_id: 'BR.x' },
      { phone: '55', group: 'G1' },
    ],
    ['nobody in no group', { recipient_type: 'group', recipient_id: undefined }, undefined],
  ])('a status concerns %s', (_what, more, recipient) => {
    const base = { kind: 'message-status', status: 'read', messageIds: ['wamid.SENT1'] };
    expect(bare(eventsIn('w', meta([], [metaStatus('read', more)])))).toStrictEqual([
      { ...base, ...(recipient && { recipient }) },
    ]);
  });

  it.each<[what: string, status: Fields, isStatus: boolean]>([
    ['of a message', metaStatus('read', { type: 'message' }), true],
    ['of a payment', metaStatus('failed', { type: 'payment' }), false],
    ['of a call', metaStatus('sent', { type: 'call' }), false],
    ['without an id', metaStatus('read', { id: '' }), false],
    ['that is missing', metaStatus('', { status: undefined }), false],
  ])('a status %s is one, or something else', (_what, status, isStatus) => {
    expect(bare(eventsIn('w', meta([], [status])))).toMatchObject([
      isStatus ? { kind: 'message-status' } : { kind: 'other', type: 'messages' },
    ]);
  });

  it('a status that is no object is nothing', () => {
    expect(eventsIn('w', change('messages', { statuses: ['read'] }))).toEqual([]);
  });
});

describe('What happened to an account of the Cloud API', () => {
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
  ])('%s %j is %s', (field, value, type, detail) => {
    const body = change(field, value, 1_769_619_600);
    expect(bare(eventsIn('w', body))).toStrictEqual([
      { kind: 'account', type, ...(detail !== undefined && { detail }) },
    ]);
    expect(eventIn('w', body).at).toEqual(new Date(1_769_619_600_000));
    // The same update at another time is another.
    expect(hintsIn('w', body)).not.toEqual(hintsIn('w', change(field, value, 1_769_619_601)));
  });

  it('errors beside no message are the account’s', () => {
    const errors = ['x', { code: 131042, title: 'T', message: 'T', error_data: { details: 'D' } }];
    expect(bare(eventsIn('w', change('messages', { errors })))).toStrictEqual([
      { kind: 'account', type: 'error', detail: '131042: T: D' },
    ]);
  });
});

describe('What else the Cloud API tells', () => {
  it.each<[field: unknown, value: Fields, type: string]>([
    ['calls', { calls: [{}] }, 'calls'],
    ['user_preferences', {}, 'user_preferences'],
    [undefined, {}, ''],
  ])('the field %j is handed on by its name', (field, value, type) => {
    expect(bare(eventsIn('w', change(field, value)))).toStrictEqual([{ kind: 'other', type }]);
  });

  it.each(['history', 'standby'])('old conversations (%s) are no messages', (field) => {
    const { value } = metaChange([{ id: 'wamid.OLD', from: '55', type: 'text', text: { body: '1' } }]);
    expect(bare(eventsIn('w', { entry: [{ changes: [{ field, value }] }] }))).toEqual([{ kind: 'other', type: field }]);
  });
});
