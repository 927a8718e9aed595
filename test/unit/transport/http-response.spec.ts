import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  MAX_RESPONSE_BYTES,
  parseResponse,
  parseRetryAfter,
  type RawHttpResponse,
  type ResponseBody,
} from '../../../lib/transport/http-response.js';

const raw = (bytes: Buffer | string, headers: RawHttpResponse['headers'] = {}, tooLarge = false): RawHttpResponse => ({
  status: 200,
  headers,
  bytes: Buffer.from(bytes),
  tooLarge,
});
const UNREADABLE = { kind: 'unreadable' } as const;
const NOW = Date.parse('2026-05-04T12:00:00Z');

describe('parseResponse', () => {
  it.each<[bytes: string, body: ResponseBody]>([
    ['{"a":[1]}', { kind: 'json', value: { a: [1] } }],
    ['[]', { kind: 'json', value: [] }],
    ['"words"', { kind: 'json', value: 'words' }],
    ['null', { kind: 'json', value: null }],
    ['5', { kind: 'json', value: 5 }],
    ['\ufeff {"a":1}\r\n', { kind: 'json', value: { a: 1 } }],
    ['', { kind: 'empty' }],
    [' \r\n\t\ufeff', { kind: 'empty' }],
    ['Forbidden', { kind: 'text', text: 'Forbidden' }],
    ['  Forbidden [x] {y} \n', { kind: 'text', text: 'Forbidden [x] {y}' }],
    ['{"messageId":"M', UNREADABLE],
    [' [1,', UNREADABLE],
    ['"cut', UNREADABLE],
    ['<html></html>', UNREADABLE],
  ])('parses %j as %j', (bytes, body) => {
    expect(parseResponse(raw(bytes))).toStrictEqual({ status: 200, body });
  });

  it('reports a response over the size limit as unreadable', () => {
    expect(parseResponse(raw('{}', { 'retry-after': '1', 'content-encoding': 'gzip' }, true))).toEqual({
      status: 200,
      body: UNREADABLE,
      retryAfterMs: 1_000,
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    [' GZip ', gzipSync],
    ['identity', (text: string) => Buffer.from(text)],
  ])('decompresses %s', async (encoding, pack) => {
    const packed = raw(pack('{"a":"é"}'), { 'content-encoding': encoding, 'retry-after': '2' });
    expect(await parseResponse(packed)).toEqual({
      status: 200,
      body: { kind: 'json', value: { a: 'é' } },
      retryAfterMs: 2_000,
    });
  });

  it.each<[what: string, bytes: Buffer, encoding: string]>([
    ['in an unknown encoding', Buffer.from('{}'), 'zstd'],
    ['in an encoding named like an Object property', Buffer.from('{}'), 'constructor'],
    ['not compressed as declared', Buffer.from('{}'), 'gzip'],
    ['truncated', gzipSync('{"a":1}').subarray(0, -9), 'gzip'],
    ['over 1 MiB when decompressed', gzipSync(`"${'x'.repeat(MAX_RESPONSE_BYTES - 1)}"`), 'gzip'],
  ])('reports a body that is %s as unreadable', async (_what, bytes, encoding) => {
    const answer = await parseResponse(raw(bytes, { 'content-encoding': encoding }));
    expect(answer).toEqual({ status: 200, body: UNREADABLE });
  });

  it('accepts a body of exactly 1 MiB when decompressed', async () => {
    const text = 'x'.repeat(MAX_RESPONSE_BYTES - 2);
    const answer = await parseResponse(raw(gzipSync(`"${text}"`), { 'content-encoding': 'gzip' }));
    expect(MAX_RESPONSE_BYTES).toBe(1_048_576);
    expect(answer.body.kind === 'json' && answer.body.value === text).toBe(true);
  });

  it('returns the header X-Business-Use-Case-Usage as callUsage', () => {
    const usage = raw('{}', { 'x-business-use-case-usage': '{"1":[]}' });
    expect(parseResponse(usage)).toEqual({ status: 200, body: { kind: 'json', value: {} }, callUsage: '{"1":[]}' });
  });

  it('uses the first of two Retry-After headers', () => {
    expect(parseResponse(raw('{}', { 'retry-after': ['4', '9'] }))).toHaveProperty('retryAfterMs', 4_000);
  });

  it('parses any JSON value unchanged', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseResponse(raw(text))).toEqual({ status: 200, body: { kind: 'json', value: JSON.parse(text) } });
      }),
    );
  });

  it('never throws, for any bytes and encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array(),
        fc.option(fc.constantFrom('gzip', 'br', 'deflate', 'identity', '', 'x'), { nil: undefined }),
        async (bytes, encoding) => {
          const { body } = await parseResponse(raw(Buffer.from(bytes), { 'content-encoding': encoding }));
          expect(['json', 'text', 'empty', 'unreadable']).toContain(body.kind);
        },
      ),
    );
  });
});

describe('parseRetryAfter', () => {
  it.each<[header: string | undefined, ms: number | undefined]>([
    [undefined, undefined],
    ['0', 0],
    ['5', 5_000],
    ['120', 120_000],
    [' 12 ', 12_000],
    ['1.5', 1_500],
    ['0.0004', 0],
    ['12.25', 12_250],
    ['Mon, 04 May 2026 12:00:30 GMT', 30_000],
    ['Mon, 04 May 2026 11:59:30 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    ['-', undefined],
    ['5 minutes', undefined],
    ['-1', undefined],
    ['1.5.3', undefined],
    ['5, 10', undefined],
    ['Monday, 04-May-26 12:00:30 GMT', 30_000],
    ['Mon, 04 May 2026 25:00:30 GMT', undefined],
  ])('parses %p as %p', (header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });
});
