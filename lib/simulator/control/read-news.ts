import type { BodyCheck } from '../checks/body-check.js';
import type { AccountNews } from '../inbound/account-news.interface.js';

/** Parses an event of an account. Its issues are in the check. */
export function readNews(given: BodyCheck): AccountNews {
  const type = given.word('type', [
    'connected',
    'disconnected',
    'restricted',
    'banned',
    'reinstated',
    'template-status',
    'template-quality',
    'template-category',
    'quality',
    'error',
    'health-check',
    'other',
  ]);
  switch (type) {
    case 'disconnected': {
      const reason = given.optionalText('reason');
      return { type, ...(reason !== undefined && { reason }) };
    }
    case 'restricted': {
      const restriction = given.optionalText('restriction');
      const expiration = given.optionalNumber('expiration', 0, Number.MAX_SAFE_INTEGER);
      return {
        type,
        ...(restriction !== undefined && { restriction }),
        ...(expiration !== undefined && { expiration }),
      };
    }
    case 'banned': {
      const state = given.optionalText('state');
      return { type, ...(state !== undefined && { state }) };
    }
    case 'template-status':
    case 'template-quality':
    case 'template-category':
      return { type, ...readTemplateNews(given) };
    case 'quality': {
      const limit = given.optionalText('limit');
      return { type, event: given.text('event'), ...(limit !== undefined && { limit }) };
    }
    case 'error':
      return { type, code: given.number('code'), title: given.text('title') };
    case 'other': {
      const content = given.optionalJson('content');
      return { type, name: given.text('name'), ...(content && { content }) };
    }
    case 'connected':
    case 'reinstated':
    case 'health-check':
      return { type };
    case undefined:
      return { type: 'health-check' };
  }
}

function readTemplateNews(given: BodyCheck) {
  const [language, before, reason] = ['language', 'before', 'reason'].map((name) => given.optionalText(name));
  return {
    template: given.text('template'),
    now: given.text('now'),
    ...(language !== undefined && { language }),
    ...(before !== undefined && { before }),
    ...(reason !== undefined && { reason }),
  };
}
