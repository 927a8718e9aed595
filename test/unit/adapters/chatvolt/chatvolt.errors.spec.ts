import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chatvoltError, reportsError } from '../../../../lib/adapters/chatvolt/chatvolt.errors.js';
import { CHATVOLT_ERRORS, EXPIRED, graph } from '../../../support/error-cases/chatvolt.cases.js';
import { META_CODES } from '../../../support/error-cases/meta-codes.js';
import { answer, CHATVOLT, expectRefusal } from '../../../support/error-cases/rejections.js';

describe('chatvoltError and carriesError', () => {
  it.each(CHATVOLT_ERRORS.map((row) => ({ name: row[0], row })))(
    'chatvoltError maps $name to $row.3',
    async ({ row }) => {
      const error = chatvoltError(await answer(row[1], row[2]), CHATVOLT);
      expectRefusal(error, row);
      expect(error).toMatchObject({ provider: 'chatvolt', account: 'c' });
    },
  );

  it('maps a Meta code in the text of a 500 as Meta documents the code', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...META_CODES),
        fc.constantFrom('', ' ', 'x'),
        async ([code, meaning, category, scope], pad) => {
          const text = `${pad}(#${code})${pad}`;
          const said = { providerCode: String(code), providerMessage: text.trim() };
          const details = { ...said, category, ...(scope && { scope }) };
          expectRefusal(chatvoltError(await answer(500, { error: text.trim() }), CHATVOLT), [
            '',
            500,
            '',
            meaning,
            details,
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reads the header Retry-After of a 429', async () => {
    const late = await answer(429, { error: 'Slow down' }, { 'retry-after': '3' });
    expect(chatvoltError(late, CHATVOLT)).toMatchObject({ code: 'rate-limited', retryAfterMs: 3_000 });
  });

  it.each<[status: number, error: unknown, header: string | undefined, retryAfterMs: number | undefined]>([
    [429, { message: 'Slow', retryAfter: 30 }, undefined, 30_000],
    [429, { message: 'Slow', retryAfter: '1.5' }, undefined, 1_500],
    [429, { message: 'Slow', retryAfter: 30 }, '2', 2_000],
    [429, { message: 'Slow', retryAfter: -1 }, undefined, undefined],
    [429, { message: 'Slow', retryAfter: 'soon' }, undefined, undefined],
    [429, { message: 'Slow' }, undefined, undefined],
    [429, 'Slow', undefined, undefined],
    [500, { message: 'Slow', retryAfter: 30 }, undefined, undefined],
  ])(
    'reads from a %i with the error %j and Retry-After %p the wait %p ms',
    async (status, error, header, retryAfterMs) => {
      const late = await answer(status, { error }, header === undefined ? {} : { 'retry-after': header });
      expect(chatvoltError(late, CHATVOLT).retryAfterMs).toBe(retryAfterMs);
    },
  );

  it('reads no wait from an array', async () => {
    expect(chatvoltError(await answer(429, '[]'), CHATVOLT).retryAfterMs).toBeUndefined();
  });

  it.each([
    ['a bare number', { error: 'Failed: 131026' }, 'Order 131026 is ready'],
    ['a number in brackets', { error: 'Failed', details: { text: '(#131026)' } }, 'Order (#131026) is ready'],
    ['a number as the code', { error: { code: 131026, message: 'x' } }, 'Order 131026 is ready'],
    ['the name of the closed-window error', { error: `Failed: ${EXPIRED}` }, `What does ${EXPIRED} mean?`],
    [
      'the text of a rejection',
      { error: 'Request failed with status code 400' },
      'Our server says: Request failed with status code 400',
    ],
  ])('treats the outcome as unknown when the error only echoes the request: %s', async (_what, body, text) => {
    const sent = `messages ${JSON.stringify({ text })}`;
    expect(chatvoltError(await answer(500, body), CHATVOLT, sent).outcome).toBe('unknown');
    expect(chatvoltError(await answer(500, body), CHATVOLT, 'messages {}').outcome).toBe('not-sent');
  });

  it('reads a code when the request contains another code', async () => {
    const both = await answer(500, { error: 'Order (#131026): (#131047) Late', details: 'x' });
    expect(chatvoltError(both, CHATVOLT, 'Order (#131026)').code).toBe('window-closed');
  });

  it.each([
    [131047, 500, true],
    [131042, 502, true],
    [131047, 400, undefined],
  ])('marks %i in a %i as inferred only when it was a bare number: %p', async (code, status, inferred) => {
    expect(chatvoltError(await answer(status, { error: `Failed: ${code}` }), CHATVOLT).inferred).toBe(inferred);
    expect(chatvoltError(await answer(status, { error: graph(code) }), CHATVOLT).inferred).toBeUndefined();
  });

  it('ignores a code nested 40 levels deep', async () => {
    const deep = (depth: number): unknown => (depth === 0 ? graph(131026) : { inner: deep(depth - 1) });
    expect(chatvoltError(await answer(500, { error: deep(4) }), CHATVOLT).code).toBe('recipient-not-found');
    expect(chatvoltError(await answer(500, { error: deep(40) }), CHATVOLT).code).toBe('unknown-outcome');
  });
});

describe('carriesError', () => {
  it.each<[unknown, boolean]>([
    [{ success: false }, true],
    [{ success: false, error: null }, true],
    [{ success: true, error: 'x' }, true],
    [{ error: 'x' }, true],
    [{ error: {} }, true],
    [{ error: 0 }, true],
    [{ error: true }, true],
    [{ error: false }, false],
    [{ error: null }, false],
    [{ error: '' }, false],
    [{ success: true }, false],
    [{ success: 0 }, false],
    [{}, false],
    [[], false],
    ['null', false],
    ['', false],
    ['error', false],
  ])('returns for %j: %p', async (body, expected) => {
    expect(reportsError((await answer(200, body)).body)).toBe(expected);
  });
});
