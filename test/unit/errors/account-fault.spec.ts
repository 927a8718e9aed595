import { describe, expect, it } from '@jest/globals';
import { isAccountCondition, isAccountFault, isCondition } from '../../../lib/errors/account-fault.js';
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

describe('A failure', () => {
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
  ])('about %s is the account’s own: %p, whatever it sends: %p', (category, isFault, isOfAll) => {
    const error = refused(category);
    expect([isAccountFault(error), isAccountCondition(error)]).toEqual([isFault, isOfAll]);
    expect(isCondition(category, undefined)).toBe(isOfAll);
    expect(isCondition(category, 'account')).toBe(isOfAll);
    expect(isCondition(category, 'recipient')).toBe(false);
  });

  it.each([
    ['that leaves the outcome open', new UnknownOutcomeError('Lost', { category: 'unavailable' }), false, false],
    ['that was only guessed', refused('payment', { inferred: true }), false, false],
    ['of a form that the provider has not', new UnsupportedMessageError(['No media']), true, false],
    [
      'of an account that does not know the recipient',
      new RecipientNotFoundError('No', { scope: 'account' }),
      true,
      false,
    ],
    ['of a recipient that does not exist', new RecipientNotFoundError('No'), false, false],
    ['of a limit that names its wait', new RateLimitedError('Slow'), true, false],
    ['of a limit towards one recipient', refused('account-restricted', { scope: 'recipient' }), true, false],
    ['of the credentials', new AuthenticationError('No'), true, true],
    ['of a provider that is away', new ProviderUnavailableError('Down'), true, false],
  ])('%s is the account’s own: row %#', (_what, error, isFault, isOfAll) => {
    expect([isAccountFault(error), isAccountCondition(error)]).toEqual([isFault, isOfAll]);
  });
});
