import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProviderName } from '../../../lib/index.js';
import { WebhookApp } from '../../support/webhook-app.js';
import { ACCOUNT_OF, bytesOf, callback, PROVIDERS, stranger } from '../../support/webhook-requests.js';
import { SAMPLES } from './fixtures.js';

/** Total number of bodies, over all providers, with and without credentials. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 3000);
const RUNS_EACH = Math.ceil(RUNS / (PROVIDERS.length * 2));
const TIME = Math.max(60_000, RUNS * 20);

/** Values that replace the expected ones. */
const odd = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1e308, -1e308, 0.5, '', ' ', '0', 'NaN', '__proto__', [], {}, [null], [[]]),
  fc.constantFrom('2026-13-45T99:99:99Z', '9'.repeat(400), 'x'.repeat(5000), '\u0000', '\ud800', '😀'),
  fc.constantFrom<unknown>({ toString: 'x' }, { length: -1 }, { valueOf: null }, { constructor: null }),
  fc.jsonValue(),
);

/** Returns the path of keys to every place in a document. */
function placesIn(value: unknown, place: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...place, key]))];
}

/** Returns the document with one place replaced or removed. */
function changed(document: unknown, [key, ...rest]: string[], change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(document);
  const inner = (document as Record<string, unknown>)[key];
  const replaced = changed(inner, rest, change);
  if (Array.isArray(document)) return document.map((old, index) => (String(index) === key ? replaced : old));
  return { ...(document as object), [key]: replaced };
}

type Change = { at: number; kind: 'replace' | 'drop' | 'wrap' | 'double'; value: unknown };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('replace' as const, 'drop' as const, 'wrap' as const, 'double' as const),
  value: odd,
});

function apply(document: unknown, { at, kind, value }: Change): unknown {
  const places = placesIn(document);
  const place = places[at % places.length] ?? [];
  return changed(document, place, (old) => {
    if (kind === 'replace') return value;
    if (kind === 'drop') return undefined;
    return kind === 'wrap' ? [old, value] : [old, old];
  });
}

/** Generates bodies: random bytes, JSON, and damaged callbacks. */
function bodies(provider: ProviderName): fc.Arbitrary<Buffer> {
  const mutated = fc
    .tuple(fc.constantFrom<unknown>(...SAMPLES[provider]), fc.array(change, { minLength: 1, maxLength: 5 }))
    .map(([sample, changes]) => JSON.stringify(changes.reduce(apply, sample)) ?? '');
  const damaged = fc.tuple(mutated, fc.nat(), fc.uint8Array({ maxLength: 4 })).map(([text, at, bytes]) => {
    const whole = Buffer.from(text);
    const cut = at % (whole.length + 1);
    return Buffer.concat([whole.subarray(0, cut), bytes, whole.subarray(cut + bytes.length)]);
  });
  return fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map(bytesOf) },
    { weight: 2, arbitrary: fc.json().map(bytesOf) },
    { weight: 6, arbitrary: mutated.map(bytesOf) },
    { weight: 2, arbitrary: damaged },
  );
}

const headerName = fc.constantFrom(
  'z-api-token',
  'webhook-secret',
  'authorization',
  'x-hub-signature-256',
  'content-encoding',
  'content-type',
  'content-length',
);
const headerValue = fc.oneof(
  fc.constantFrom('', 'Bearer', 'Bearer ', 'sha256=', `sha256=${'0'.repeat(64)}`, 'gzip', 'undefined', 'null'),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const headers = fc.dictionary(headerName, headerValue, { maxKeys: 4 });
const query = fc.dictionary(fc.constantFrom('webhook-secret', 'hub.mode', 'hub.verify_token'), headerValue, {
  maxKeys: 3,
});
const names = (account: string) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(account) }, { weight: 1, arbitrary: fc.string({ maxLength: 30 }) });

const FIXED: [name: string, body: string][] = [
  ['an empty body', ''],
  ['nested arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['unclosed nested arrays', '['.repeat(200_000)],
  ['nested objects', `${'{"type":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  [
    'a deeply nested callback',
    `{"type":"ReceivedCallback","eventType":"X","entry":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  ],
  [
    'a __proto__ field',
    '{"__proto__":{"type":"ReceivedCallback","eventType":"USER_MESSAGE_RECEIVED","polluted":true}}',
  ],
  ['null', 'null'],
  ['a JSON string', '"ReceivedCallback"'],
];

describe.each(PROVIDERS)('Webhook fuzzing at %s', (provider) => {
  const account = ACCOUNT_OF[provider];
  const problems: unknown[] = [];
  const note = (problem: unknown) => void problems.push(problem);
  let app: WebhookApp;
  beforeEach(async () => {
    problems.length = 0;
    process.on('unhandledRejection', note);
    app = await WebhookApp.start();
  });
  afterEach(async () => {
    process.off('unhandledRejection', note);
    await app.close();
  });

  const gzipped = (body: Buffer) => {
    const rawBody = gzipSync(body);
    const request = callback(account, rawBody);
    return { ...request, headers: { ...request.headers, 'content-encoding': 'gzip' } };
  };

  it.each(FIXED)('responds 200 or 400 to %s with credentials, and 401 without', async (_name, body) => {
    expect([200, 400]).toContain((await app.hear(account, body)).status);
    expect(await app.handle(provider, account, stranger(body))).toMatchObject({ status: 401 });
    await app.settled(account);
    expect(problems).toEqual([]);
  });

  it('responds 200 or 400 if any single value is replaced', async () => {
    const answers: unknown[] = [];
    for (const sample of SAMPLES[provider] as unknown[]) {
      for (const place of placesIn(sample)) {
        for (const value of [{ toString: 'x' }, null, [], 1e308, '9'.repeat(400)]) {
          const body = changed(sample, place, () => value);
          const answer = await app.hear(account, body).catch((error: unknown) => ({ status: error }));
          if (answer.status !== 200 && answer.status !== 400) answers.push([place.join('.'), value, answer.status]);
        }
      }
    }
    expect(answers).toEqual([]);
  });

  it(
    'responds 200 or 400 with credentials and emits complete events',
    async () => {
      const property = fc.asyncProperty(bodies(provider), fc.boolean(), async (body, zip) => {
        const request = zip && provider === 'z-api' ? gzipped(body) : callback(account, body);
        const { status } = await app.handle(provider, account, request);
        expect([200, 400]).toContain(status);
      });
      await fc.assert(property, { numRuns: RUNS_EACH });
      for (const event of await app.taken(account)) {
        expect(event).toMatchObject({ provider, account, kind: expect.any(String), at: expect.any(Date) });
        expect(event.at.getTime()).not.toBeNaN();
        if (event.kind === 'text-message') expect(typeof event.text).toBe('string');
        if (event.kind === 'message-status') {
          expect(['sent', 'delivered', 'read', 'played', 'failed']).toContain(event.status);
          for (const id of event.messageIds) expect(typeof id).toBe('string');
        }
        if (event.kind !== 'button-reply') continue;
        expect(event.button).toEqual({ id: expect.any(String), title: expect.any(String) });
      }
      expect(problems).toEqual([]);
    },
    TIME,
  );

  it(
    'responds 401 without credentials and calls no handler',
    async () => {
      const parts = [bodies(provider), headers, query, names(account)] as const;
      const property = fc.asyncProperty(...parts, async (body, given, asked, name) => {
        const { status } = await app.handle(provider, name, { ...stranger(body, given), query: asked });
        expect(status).toBe(401);
      });
      await fc.assert(property, { numRuns: RUNS_EACH });
      expect(await app.taken(account)).toEqual([]);
      expect(problems).toEqual([]);
    },
    TIME,
  );
});
