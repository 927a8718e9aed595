import { describe, expect, it } from '@jest/globals';
import { isAccountCondition, isCondition, mayAnotherAccountSend } from '../../../lib/errors/account-errors.js';
import type { FailureCategory } from '../../../lib/errors/failure-category.js';
import {
  AuthenticationError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  RecipientNotFoundError,
  UnknownOutcomeError,
  UnsupportedMessageError,
} from '../../../lib/errors/index.js';

const refused = (category: FailureCategory, more: object = {}) =>
  new ProviderRejectedError('No', { category, ...more });

describe('mayAnotherAccountSend and isAccountCondition', () => {
  it.each<[category: FailureCategory, isFault: boolean, isOfAll: boolean]>([
    ['window-closed', true, false],
    ['rate-limited', true, true],
    ['payment', true, true],
    ['account-restricted', true, true],
    ['number-setup', true, true],
    ['authentication', true, true],
    ['permission', true, false],
    ['buttons-refused', true, false],
    ['unavailable', true, false],
    ['opted-out', false, false],
    ['capped', false, false],
    ['recipient', false, false],
    ['template', false, false],
    ['media', false, false],
    ['request', false, false],
    ['unknown', false, false],
  ])('classifies category %s: fault of the account %p, condition of the account %p', (category, isFault, isOfAll) => {
    const error = refused(category);
    expect([mayAnotherAccountSend(error), isAccountCondition(error)]).toEqual([isFault, isOfAll]);
    expect(isCondition(category, undefined)).toBe(isOfAll);
    expect(isCondition(category, 'account')).toBe(isOfAll);
    expect(isCondition(category, 'recipient')).toBe(false);
  });

  it.each([
    ['an unknown outcome', new UnknownOutcomeError('Lost', { category: 'unavailable' }), false, false],
    ['an inferred rejection', refused('payment', { inferred: true }), false, false],
    ['a form that the provider does not support', new UnsupportedMessageError(['No media']), true, false],
    ['a recipient unknown to this account only', new RecipientNotFoundError('No', { scope: 'account' }), true, false],
    ['a recipient that does not exist', new RecipientNotFoundError('No'), false, false],
    ['a rate limit', new RateLimitedError('Slow'), true, false],
    ['a restriction towards one recipient', refused('account-restricted', { scope: 'recipient' }), true, false],
    ['invalid credentials', new AuthenticationError('No'), true, true],
    ['an unavailable provider', new ProviderUnavailableError('Down'), true, false],
  ])('classifies %s (row %#)', (_what, error, isFault, isOfAll) => {
    expect([mayAnotherAccountSend(error), isAccountCondition(error)]).toEqual([isFault, isOfAll]);
  });
});
