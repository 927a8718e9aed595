export * from './button-messaging.error.js';
export type { FailureCategory } from './failure-category.js';
export * from './issue.js';
export * from './media.errors.js';
export * from './message.errors.js';
export * from './outcome.errors.js';
export * from './provider.errors.js';
export * from './setup.errors.js';
export { StoreAnswerError } from './store-answer.error.js';
