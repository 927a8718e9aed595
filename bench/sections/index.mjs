/**
 * The sections in the order in which they run. A section is a module with `run({ quick })`, which returns
 * `{ title, notes, tables, charts, targets }`. A target has a `value` and `least` or `most`. A section that lacks
 * something returns `{ title, skipped: 'why' }`.
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
