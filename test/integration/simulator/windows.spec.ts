import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { until } from '../../support/time.js';
import { cloud, cloudAccount, cloudButtons } from './clients.js';
import { cloudValue, control, type Field, startField } from './field.js';

const PERSON = cloudButtons.to;
const DAY_MS = 24 * 60 * 60 * 1000;
const DETAILS =
  'Message failed to send because more than 24 hours have passed since the customer last replied to this number.';

describe('The 24-hour window of the simulated Cloud API', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.close());

  const send = (body: object = cloudButtons) =>
    cloud(field.simulator, `${cloudAccount(field.simulator).phoneNumberId}/messages`, body);
  const writes = (from = PERSON, more: object = {}) =>
    field.simulator.write('whatsapp-cloud', { from, type: 'text', text: 'Hi', ...more });
  const act = (body: unknown) => control(field.simulator, 'POST', '/phones/acts', body);

  it('is not enforced by default', async () => {
    expect((await send()).status).toBe(200);
    expect(field.app.received).toHaveLength(0);
    await writes();
    expect(field.simulator.windows()).toEqual([]);
  });

  it('accepts a message to a person who has not written, and reports its failure with 131047', async () => {
    field.simulator.enforceWindow('status');
    expect((await send()).status).toBe(200);
    await until(() => field.app.received.length === 1);
    const message = field.simulator.messages().at(-1);
    expect(cloudValue(field.app.last().json)).toMatchObject({
      statuses: [
        {
          id: message?.id,
          status: 'failed',
          errors: [
            {
              code: 131047,
              title: 'Re-engagement message',
              message: 'Re-engagement message',
              error_data: { details: DETAILS },
            },
          ],
        },
      ],
    });
    expect(message).toMatchObject({ status: 'failed', failure: { code: 131047 } });
  });

  it('rejects the request with 131047 in the mode "response"', async () => {
    field.simulator.enforceWindow('response');
    expect(await send()).toMatchObject({
      status: 400,
      json: { error: { message: '(#131047) Re-engagement message', code: 131047, error_data: { details: DETAILS } } },
    });
    expect(field.simulator.messages()).toHaveLength(0);
    field.simulator.enforceWindow('off');
    expect((await send()).status).toBe(200);
  });

  it('always sends templates, and messages to groups', async () => {
    field.simulator.enforceWindow('response');
    const { interactive: _content, ...envelope } = cloudButtons;
    const template = { name: 'reminder', language: { code: 'pt_BR' } };
    expect((await send({ ...envelope, type: 'template', template })).status).toBe(200);
    expect((await send({ ...cloudButtons, recipient_type: 'group', to: 'group-1' })).status).toBe(200);
  });

  it('opens for 24 hours when the person writes or replies', async () => {
    field.simulator.enforceWindow('response');
    await writes();
    expect((await send()).status).toBe(200);
    expect(field.simulator.windows()).toMatchObject([{ account: 'whatsapp-cloud', person: { phone: PERSON } }]);
    field.simulator.advanceClock(DAY_MS - 60_000);
    expect((await send()).status).toBe(200);
    await field.simulator.press(field.simulator.messages().at(-1)?.id ?? '', 'Yes');
    field.simulator.advanceClock(60_000);
    expect((await send()).status).toBe(200);
    field.simulator.advanceClock(DAY_MS);
    expect((await send()).status).toBe(400);
    expect(field.simulator.windows()).toEqual([]);
    expect(() => field.simulator.advanceClock(-1)).toThrow(RangeError);
  });

  it('stays closed for others, for groups and for changes of a number', async () => {
    field.simulator.enforceWindow('response');
    await writes('5511988880002');
    await writes(PERSON, { group: 'group-1' });
    await field.simulator.write('whatsapp-cloud', { from: '5511988880003', type: 'changed-number', phone: PERSON });
    expect((await send()).status).toBe(400);
  });

  it('is the same under a number and a user ID, and after the number has changed', async () => {
    field.simulator.enforceWindow('response');
    field.simulator.addPerson({ phone: PERSON, userId: 'BR.1A2B3C' });
    await writes('BR.1A2B3C');
    expect((await send()).status).toBe(200);
    await field.simulator.write('whatsapp-cloud', { from: PERSON, type: 'changed-number', phone: '5511988880009' });
    expect((await send({ ...cloudButtons, to: '5511988880009' })).status).toBe(200);
  });

  it('opens and closes by hand, for one account of the Cloud API', () => {
    const { simulator } = field;
    simulator.addAccount({ provider: 'whatsapp-cloud', name: 'branch' });
    simulator.enforceWindow('status', 'branch');
    simulator.openWindow(PERSON, 'branch');
    simulator.openWindow(PERSON);
    expect(simulator.windows()).toMatchObject([{ account: 'branch' }]);
    simulator.closeWindow(PERSON, 'branch');
    expect(simulator.windows()).toEqual([]);
    expect(() => simulator.enforceWindow('status', 'z-api')).toThrow('no whatsapp-cloud account');
  });

  it('is enforced from the start by an option', async () => {
    const simulator = await GatewaySimulator.start({ window: 'response' });
    try {
      const { phoneNumberId } = cloudAccount(simulator);
      expect(await cloud(simulator, `${phoneNumberId}/messages`, cloudButtons)).toMatchObject({ status: 400 });
    } finally {
      await simulator.close();
    }
  });

  it('is controlled over HTTP', async () => {
    const ask = (method: string, path: string, body?: unknown) => control(field.simulator, method, path, body);
    expect(await ask('PUT', '/windows', { mode: 'response' })).toMatchObject({
      status: 200,
      json: { modes: { 'whatsapp-cloud': 'response' }, open: [], now: expect.any(String) },
    });
    expect(await act({ kind: 'window', account: 'whatsapp-cloud', person: PERSON, open: true })).toMatchObject({
      json: { done: true },
    });
    expect((await ask('GET', '/windows')).json).toMatchObject({ open: [{ person: { phone: PERSON } }] });
    expect((await ask('POST', '/clock', { advanceMs: DAY_MS })).json).toMatchObject({ open: [] });
    await act({ kind: 'window', account: 'whatsapp-cloud', person: PERSON, open: true });
    await act({ kind: 'window', account: 'whatsapp-cloud', person: PERSON, open: false });
    expect(field.simulator.windows()).toEqual([]);
    for (const wrong of [{ mode: 'always' }, {}])
      expect(await ask('PUT', '/windows', wrong)).toMatchObject({ status: 400 });
    expect(await ask('POST', '/clock', {})).toMatchObject({ status: 400 });
    expect(await act({ kind: 'window', account: 'z-api', person: PERSON })).toMatchObject({ status: 409 });
  });

  it('keeps the latest 10,000 windows', () => {
    field.simulator.enforceWindow('status');
    for (let count = 0; count <= 10_000; count += 1) field.simulator.openWindow(String(5_511_900_000_000 + count));
    const windows = field.simulator.windows();
    expect(windows).toHaveLength(10_000);
    expect(windows[0]).toMatchObject({ person: { phone: '5511900000001' } });
  });
});
