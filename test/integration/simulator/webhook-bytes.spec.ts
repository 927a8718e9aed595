import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloudAccount } from './clients.js';
import { type Field, startField } from './field.js';

const WORDS = 'Não 👍 50% <b>/ana@shop.example';

describe('Cloud API webhook bodies of the simulator', () => {
  let field: Field;
  beforeAll(async () => {
    field = await startField();
    await field.simulator.write('whatsapp-cloud', { from: '5511988880001', type: 'text', text: WORDS });
  });
  afterAll(() => field.close());
  const sent = () => field.app.last().body;
  const signed = (bytes: string | Buffer) => {
    return `sha256=${createHmac('sha256', cloudAccount(field.simulator).appSecret).update(bytes).digest('hex')}`;
  };

  it('contain only ASCII, escaped as Meta documents', () => {
    const escaped = String.raw`N\u00e3o \ud83d\udc4d 50\u0025 \u003Cb>\/ana\u0040shop.example`;
    expect(sent().toString('latin1')).toContain(`"body":"${escaped}"`);
    expect(sent().every((byte) => byte < 0x7f)).toBe(true);
    expect(JSON.stringify(field.app.last().json)).toContain(WORDS);
  });

  it('match their signature, which parsed and rewritten JSON does not', () => {
    const { headers, json } = field.app.last();
    expect(headers['x-hub-signature-256']).toBe(signed(sent()));
    expect(headers['x-hub-signature-256']).not.toBe(signed(JSON.stringify(json)));
  });
});
