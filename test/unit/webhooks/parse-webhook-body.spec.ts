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

describe('parseWebhookBody', () => {
  it('parses any JSON value unchanged, with or without a byte order mark', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const value: unknown = JSON.parse(text);
        expect(await parseWebhookBody(request(text))).toEqual({ value });
        expect(await parseWebhookBody(request(`\ufeff${text}`))).toEqual({ value });
      }),
    );
  });

  it.each(PACKED)('decompresses %s', async (encoding, pack) => {
    expect(await parseWebhookBody(request(pack('{"a":"é"}'), encoding))).toEqual({ value: { a: 'é' } });
  });

  it.each<[what: string, given: Parameters<typeof parseWebhookBody>[0]]>([
    ['is missing', { headers: {} }],
    ['is empty', request('')],
    ['is not JSON', request('words')],
    ['is truncated', request('{"a":')],
    ['has a byte order mark at its end', request('{"a":1}\ufeff')],
    ['is not compressed as declared', request('{}', 'gzip')],
    ['is compressed without a declaration', request(gzipSync('{}'))],
    ['has an unknown encoding', request('{}', 'zstd')],
  ])('returns undefined when the body %s', async (_what, given) =>
    expect(await parseWebhookBody(given)).toBeUndefined(),
  );

  it('accepts 3 MiB when decompressed and rejects one byte more', async () => {
    const text = 'x'.repeat(MAX_WEBHOOK_BYTES - 2);
    expect(MAX_WEBHOOK_BYTES).toBe(3_145_728);
    for (const [encoding, pack] of PACKED) {
      const whole = await parseWebhookBody(request(pack(`"${text}"`), encoding));
      expect(typeof whole === 'object' && whole.value === text).toBe(true);
      expect(await parseWebhookBody(request(pack(`"${text}x"`), encoding))).toBe('too large');
    }
  });
});
