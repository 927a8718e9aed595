export * from './dto-validator.js';
export * from './nested.decorator.js';
export * from './rules/address.rules.js';
export * from './rules/list.rules.js';
export * from './rules/recipient.rules.js';
export * from './rules/sibling.rules.js';
export * from './rules/text.rules.js';
