/**
 * The sections, in the order in which they run. One more is one more line: a module with `run({ quick })`, which
 * returns `{ title, notes, tables, charts, targets }` as its neighbours do. A target has a `value` and `least` or
 * `most`. Where something that a section needs is not there, it returns `{ title, skipped: 'why' }`.
 */
export const SECTIONS = {
  sends: () => import('./sends.mjs'),
  validation: () => import('./validation.mjs'),
  many: () => import('./many.mjs'),
  webhooks: () => import('./webhooks.mjs'),
  queue: () => import('./queue.mjs'),
  'start-up': () => import('./start-up.mjs'),
  packages: () => import('./packages.mjs'),
};
