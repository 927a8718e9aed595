import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_WEBHOOK_BYTES, parseWebhookBody } from '../../../lib/webhooks/parse-webhook-body.js';

const request = (rawBody: Uint8Array | string, encoding?: string) => ({
  headers: encoding === undefined ? {} : { 'content-encoding': encoding },
  rawBody: Buffer.from(rawBody),
});

const PACKED: [encoding: string, pack: (text: string) => Buffer][] = [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
];

describe('The body of a webhook', () => {
  it('is the JSON value that was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const value: unknown = JSON.parse(text);
        expect(await parseWebhookBody(request(text))).toEqual({ value });
        expect(await parseWebhookBody(request(`\ufeff${text}`))).toEqual({ value });
      }),
    );
  });

  it.each(PACKED)('is unpacked: %s', async (encoding, pack) => {
    expect(await parseWebhookBody(request(pack('{"a":"é"}'), encoding))).toEqual({ value: { a: 'é' } });
  });

  it.each<[what: string, given: Parameters<typeof parseWebhookBody>[0]]>([
    ['is missing', { headers: {} }],
    ['is empty', request('')],
    ['is no JSON', request('words')],
    ['breaks off', request('{"a":')],
    ['has a mark in its midst', request('{"a":1}\ufeff')],
    ['is not packed as it says', request('{}', 'gzip')],
    ['is packed and says nothing of it', request(gzipSync('{}'))],
    ['is of an encoding nobody knows', request('{}', 'zstd')],
  ])('is none where it %s', async (_what, given) => expect(await parseWebhookBody(given)).toBeUndefined());

  it('is read up to 3 MB unpacked, and no further', async () => {
    const text = 'x'.repeat(MAX_WEBHOOK_BYTES - 2);
    expect(MAX_WEBHOOK_BYTES).toBe(3_145_728);
    for (const [encoding, pack] of PACKED) {
      const whole = await parseWebhookBody(request(pack(`"${text}"`), encoding));
      expect(typeof whole === 'object' && whole.value === text).toBe(true);
      expect(await parseWebhookBody(request(pack(`"${text}x"`), encoding))).toBe('too large');
    }
  });
});
