import { describe, expect, it } from '@jest/globals';
import { interruptedError, rejectedFileError, responseError } from '../../../lib/media/media.errors.js';

const ACCOUNT = { provider: 'chatvolt', name: 'v' } as const;
const response = (status: number, headers: Record<string, string> = {}) => {
  return { status, headers, bytes: Buffer.from('https://files.example/?token=SECRET'), tooLarge: false };
};

describe('responseError', () => {
  it.each<[status: number, hasCredentials: boolean, code: string, category: string]>([
    [404, true, 'media-not-found', 'media'],
    [410, false, 'media-not-found', 'media'],
    [408, false, 'provider-unavailable', 'unavailable'],
    [429, true, 'provider-unavailable', 'unavailable'],
    [500, false, 'provider-unavailable', 'unavailable'],
    [599, false, 'provider-unavailable', 'unavailable'],
    [401, true, 'authentication', 'authentication'],
    [403, true, 'permission', 'permission'],
    [401, false, 'provider-rejected', 'media'],
    [403, false, 'provider-rejected', 'media'],
    [400, true, 'provider-rejected', 'media'],
    [499, true, 'provider-rejected', 'media'],
    [302, true, 'provider-rejected', 'media'],
  ])('of %i with credentials %p is %s', (status, hasCredentials, code, category) => {
    const error = responseError(response(status), ACCOUNT, hasCredentials);
    expect(error).toMatchObject({ code, category, status, provider: 'chatvolt', account: 'v', outcome: 'not-sent' });
    expect(error.message).toMatch(new RegExp(`^chatvolt responded with ${status} to the download of a file`));
    expect(error.message).not.toContain('SECRET');
    expect(error.retryAfterMs).toBeUndefined();
  });

  it('has the wait that the host asks for', () => {
    expect(responseError(response(503, { 'retry-after': '3' }), ACCOUNT, false).retryAfterMs).toBe(3_000);
  });
});

it.each([
  [{ kind: 'aborted' } as const, 'send-aborted', 'The download was aborted'],
  [{ kind: 'idle' } as const, 'provider-unavailable', 'The download made no progress for 100 ms'],
  [
    { kind: 'broken', reason: 'ECONNRESET' } as const,
    'provider-unavailable',
    'The download was interrupted (ECONNRESET)',
  ],
])('interruptedError of %j is %s', (by, code, message) => {
  const error = interruptedError(by, ACCOUNT, 100.4);
  expect(error).toMatchObject({ code, message, provider: 'chatvolt', account: 'v', outcome: 'not-sent' });
});

it('rejectedFileError concerns the file', () => {
  expect(rejectedFileError(ACCOUNT, 'did it')).toMatchObject({ message: 'chatvolt did it', category: 'media' });
});
