import { describe, expect, it } from '@jest/globals';
import { RateLimitedError, type SendManyResult, type SentMessage } from '../../../lib/index.js';
import type { EnqueueManyResult } from '../../../lib/queue/index.js';

async function* of<T>(...results: T[]): AsyncGenerator<T, void, undefined> {
  yield* results;
}

// The compiler is the first test: `npm run typecheck` fails when a result no longer narrows.
describe('SendManyResult and EnqueueManyResult', () => {
  const limited = new RateLimitedError('Later');
  const message: SentMessage = {
    id: '1',
    to: '5511988880001',
    provider: 'z-api',
    account: 'a',
    acceptedAt: new Date(),
    attempts: 1,
  };

  it('SendManyResult narrows to the sent message when there is no error', async () => {
    const results = () => of<SendManyResult>({ index: 0, sent: message }, { index: 1, error: limited });
    const whole: string[] = [];
    for await (const result of results()) {
      if (result.error) whole.push(result.error.code);
      else whole.push(result.sent.id);
    }
    const inParts: string[] = [];
    for await (const { sent, error } of results()) inParts.push(error === undefined ? sent.id : error.code);
    expect(whole).toEqual(['1', 'rate-limited']);
    expect(inParts).toEqual(whole);
  });

  it('SendManyResult narrows to the error when nothing was sent', async () => {
    for await (const { sent, error } of of<SendManyResult>({ index: 1, error: limited })) {
      expect(sent ? sent.id : error.code).toBe('rate-limited');
    }
  });

  it('EnqueueManyResult narrows to the ID when there is no error', async () => {
    const seen: string[] = [];
    for await (const { id, error } of of<EnqueueManyResult>({ index: 0, id: 'q' }, { index: 1, error: limited })) {
      seen.push(error ? error.code : id.toUpperCase());
    }
    expect(seen).toEqual(['Q', 'rate-limited']);
  });
});
