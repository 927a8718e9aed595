import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filter, firstValueFrom } from 'rxjs';
import { acceptsMessage, type Fault, GatewaySimulator, type SimulatorEvent } from '../../../lib/simulator/index.js';
import { buttonActions, chatvolt, chatvoltButtons, cloud, cloudAccount, cloudButtons, zApi } from './clients.js';

function delayed(delayMs: number, next: Fault): Fault {
  return { delayMs, next };
}

describe('GatewaySimulator.fail', () => {
  let simulator: GatewaySimulator;
  beforeEach(async () => {
    simulator = await GatewaySimulator.start();
  });
  afterEach(() => simulator.close());

  const send = (init: RequestInit = {}) => zApi(simulator, 'send-button-actions', buttonActions, init);
  const next = (kind: SimulatorEvent['kind']) =>
    firstValueFrom(simulator.events$.pipe(filter((event) => event.kind === kind)));
  const accepted = () => simulator.accepted()['z-api'];

  it.each<[Fault, number]>([
    ['drop-before-accepting', 0],
    ['drop-after-accepting', 1],
    ['cut-answer', 1],
  ])('ends the connection for %s after accepting %i messages', async (fault, count) => {
    expect(acceptsMessage(fault)).toBe(count === 1);
    simulator.fail('z-api', fault);
    await expect(send()).rejects.toThrow();
    expect(accepted()).toBe(count);
    expect(simulator.messages()).toHaveLength(count);
    expect(simulator.requests().at(-1)).toMatchObject({ fault, accepted: count === 1 });
    expect((await send()).status).toBe(200);
  });

  it('sends 200 and only a part of the body for cut-answer', async () => {
    simulator.fail('z-api', 'cut-answer');
    await expect(send()).rejects.toThrow();
    const { answer } = simulator.requests().at(-1) ?? {};
    expect(answer?.status).toBe(200);
    expect(() => JSON.parse(answer?.body ?? '')).toThrow();
  });

  it.each<[Fault, number, number, RegExp]>([
    ['garbage', 1, 200, /not JSON/],
    ['empty-answer', 1, 200, /^$/],
    ['answer-without-ids', 1, 200, /^\{\}$/],
    ['oversized-answer', 1, 200, /^\{"zaapId".+\} {2097152}$/],
    ['refused-with-200', 0, 200, /^\{"error":"The message was rejected"\}$/],
    ['rate-limited', 0, 429, /Too many requests/],
    ['unavailable', 0, 503, /Service Unavailable/],
    [{ retryAfterSeconds: 7 }, 0, 429, /Too many requests/],
    [{ status: 500 }, 0, 500, /^$/],
    [{ status: 502, body: '<html>Bad gateway</html>' }, 0, 502, /^<html>/],
    [{ status: 400, body: { error: 'Instance not found' } }, 0, 400, /^\{"error":"Instance not found"\}$/],
    [{ status: 500, accepted: true }, 1, 500, /^$/],
    [{ delayMs: 1 }, 1, 200, /messageId/],
    [delayed(1, { status: 503 }), 0, 503, /^$/],
    [delayed(0, delayed(1, 'garbage')), 1, 200, /not JSON/],
  ])('plays %j: %i accepted, status %i', async (fault, count, status, text) => {
    expect(acceptsMessage(fault)).toBe(count === 1);
    simulator.fail('z-api', fault);
    const reply = await send();
    expect(reply.status).toBe(status);
    expect(reply.text).toMatch(text);
    expect(accepted()).toBe(count);
  });

  it.each<[Fault, number]>([
    ['time-out', 1],
    ['time-out-before-accepting', 0],
    [{ delayMs: 2_000_000_000 }, 1],
  ])('never responds to %j: %i accepted', async (fault, count) => {
    expect(acceptsMessage(fault)).toBe(count === 1);
    simulator.fail('z-api', fault);
    const misbehaved = next('fault');
    const sending = expect(send()).rejects.toThrow();
    await misbehaved;
    await simulator.close();
    await sending;
    expect(accepted()).toBe(count);
    expect(simulator.requests().at(-1)?.answer).toBeUndefined();
  });

  it('keeps an accepted message when the client aborts', async () => {
    simulator.fail('z-api', 'time-out');
    const client = new AbortController();
    const misbehaved = next('accepted');
    const sending = expect(send({ signal: client.signal })).rejects.toThrow();
    await misbehaved;
    client.abort();
    await sending;
    expect(simulator.messages()).toHaveLength(1);
  });

  it('sends Retry-After of a rate limit and of custom headers', async () => {
    simulator.fail('z-api', { retryAfterSeconds: 7 });
    simulator.fail('z-api', { status: 503, headers: { 'Retry-After': '9' } });
    expect((await send()).headers.get('retry-after')).toBe('7');
    expect((await send()).headers.get('retry-after')).toBe('9');
  });

  it("sends a rate limit of the Cloud API with Meta's code", async () => {
    simulator.fail('whatsapp-cloud', 'rate-limited');
    const reply = await cloud(simulator, `${cloudAccount(simulator).phoneNumberId}/messages`, cloudButtons);
    expect(reply).toMatchObject({ status: 429, json: { error: { code: 130429 } } });
  });

  it('does not accept an invalid message, even with an accepting fault', async () => {
    simulator.fail('z-api', 'garbage');
    const reply = await zApi(simulator, 'send-text', {});
    expect(reply.text).toContain('not JSON');
    expect(accepted()).toBe(0);
  });

  it('opens no conversation for a message that was not accepted', async () => {
    simulator.fail('chatvolt', { status: 500 });
    const { agentId } = chatvoltButtons(simulator);
    const body = { agentId, channel: 'whatsapp', message: 'Hello' };
    await chatvolt(simulator, 'conversation/message/phone/5511900000009', body);
    expect(simulator.conversations()).toHaveLength(2);
  });

  it('plays the faults of a provider in order, as often as requested', async () => {
    simulator.fail('z-api', { status: 500 }, 2);
    simulator.fail('z-api', { status: 501 });
    expect((await chatvolt(simulator, 'messages/interactive/send-buttons', chatvoltButtons(simulator))).status).toBe(
      200,
    );
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await send()).status);
    expect(statuses).toEqual([500, 500, 501, 200]);
  });

  it('spares reads unless the fault targets them', async () => {
    simulator.fail('z-api', { status: 500 });
    expect((await zApi(simulator, 'status')).status).toBe(200);
    simulator.fail('z-api', { status: 501 }, 1, 'reads');
    expect((await zApi(simulator, 'status')).status).toBe(501);
    expect((await send()).status).toBe(500);
  });

  it('calls a fault function for each request, and counts those it skips', async () => {
    const asked: string[] = [];
    simulator.fail(
      'z-api',
      (request) => {
        asked.push(`${request.method} ${request.id} ${request.body.includes('Shall we')}`);
        return request.id % 2 === 0 ? { status: 500 } : undefined;
      },
      3,
    );
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await send()).status);
    expect(statuses).toEqual([200, 500, 200, 200]);
    expect(asked).toEqual(['POST 1 true', 'POST 2 true', 'POST 3 true']);
  });

  it('removes faults on heal', async () => {
    simulator.fail('z-api', { status: 500 }, Number.POSITIVE_INFINITY);
    simulator.fail('whatsapp-cloud', { status: 500 });
    expect((await send()).status).toBe(500);
    simulator.heal('whatsapp-cloud');
    expect((await send()).status).toBe(500);
    simulator.heal();
    expect((await send()).status).toBe(200);
  });

  it('rejects faults that it cannot play', () => {
    const name: string = 'explode';
    const unchecked: { fail(provider: string, fault: unknown, times?: number): void } = {
      fail: (provider, fault, times) => Reflect.apply(simulator.fail, simulator, [provider, fault, times]),
    };
    expect(() => unchecked.fail('z-api', name)).toThrow(/Unknown fault "explode". Faults: drop-before-accepting/);
    expect(() => unchecked.fail('z-api', {})).toThrow(TypeError);
    expect(() => unchecked.fail('elsewhere', 'garbage')).toThrow('has no provider named "elsewhere"');
    expect(() => simulator.fail('z-api', { status: 42 })).toThrow(RangeError);
    expect(() => simulator.fail('z-api', { delayMs: -1 })).toThrow(RangeError);
    expect(() => simulator.fail('z-api', delayed(1, { retryAfterSeconds: 0.5 }))).toThrow(RangeError);
    expect(() => simulator.fail('z-api', 'garbage', 0)).toThrow(RangeError);
  });
});
