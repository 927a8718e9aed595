import type { BodyCheck } from '../checks/body-check.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import { withoutUndefined } from '../json.js';

const NEWS: Readonly<Record<AccountNews['type'], (given: BodyCheck) => AccountNews>> = {
  connected: () => ({ type: 'connected' }),
  disconnected: (given) => ({ type: 'disconnected', ...given.optionalTexts('reason') }),
  restricted: (given) =>
    withoutUndefined({
      type: 'restricted',
      restriction: given.optionalText('restriction'),
      expiration: given.optionalNumber('expiration', 0, Number.MAX_SAFE_INTEGER),
    }),
  banned: (given) => ({ type: 'banned', ...given.optionalTexts('state') }),
  reinstated: () => ({ type: 'reinstated' }),
  'template-status': (given) => ({ type: 'template-status', ...readTemplateNews(given) }),
  'template-quality': (given) => ({ type: 'template-quality', ...readTemplateNews(given) }),
  'template-category': (given) => ({ type: 'template-category', ...readTemplateNews(given) }),
  quality: (given) => ({ type: 'quality', ...given.optionalTexts('limit'), event: given.text('event') }),
  error: (given) => ({ type: 'error', code: given.number('code'), title: given.text('title') }),
  'health-check': () => ({ type: 'health-check' }),
  other: (given) =>
    withoutUndefined({ type: 'other', content: given.optionalJson('content'), name: given.text('name') }),
};

/** Parses an event of an account. Its issues are in the check. */
export function readNews(given: BodyCheck): AccountNews {
  return given.entry('type', NEWS)?.(given) ?? { type: 'health-check' };
}

function readTemplateNews(given: BodyCheck) {
  const options = given.optionalTexts('id', 'language', 'before', 'reason');
  return { ...options, template: given.text('template'), now: given.text('now') };
}
