import { type MessageLimits, WHATSAPP_LIMITS } from '../../message/limits.js';
import { characters } from '../characters.js';
import { createRuleDecorator } from '../rule.js';
import { isWellFormed, NOT_WELL_FORMED } from '../well-formed.js';

/** The names of the limits that the module's `limits` option can change. */
export type LimitName = Exclude<keyof MessageLimits, 'mixedButtons'>;

/** Resolves a limit: a fixed number, or the name of one that the module can change. */
export function limitOf(limit: number | LimitName, limits: MessageLimits | undefined): number {
  return typeof limit === 'number' ? limit : (limits ?? WHATSAPP_LIMITS)[limit];
}

/** No lone surrogate and no NUL, which URLs, UTF-8 and databases cannot represent. */
export const IsWellFormed = createRuleDecorator('isWellFormed', {
  validate: (value) => typeof value !== 'string' || isWellFormed(value),
  message: '$property must not contain a lone surrogate or NUL',
  schema: () => ({ value: { not: { pattern: NOT_WELL_FORMED } } }),
});

const IsFilledText = createRuleDecorator('isText', {
  validate: (value) => typeof value === 'string' && value.trim() !== '',
  message: '$property must be a non-empty string',
  schema: () => ({ value: { type: 'string', minLength: 1, pattern: '\\S' } }),
});

const MaxCharacters = createRuleDecorator<[limit: number | LimitName]>('maxCharacters', {
  validate(value, { constraints, limits }) {
    if (typeof value !== 'string') return true;
    const limit = limitOf(constraints[0], limits);
    // A code point is one or two UTF-16 units, so most texts need not be counted.
    return value.length <= limit || (value.length <= 2 * limit && characters(value) <= limit);
  },
  message: ({ constraints, limits }) => `$property must have at most ${limitOf(constraints[0], limits)} characters`,
  schema: ({ constraints, limits }) => ({ value: { maxLength: limitOf(constraints[0], limits) } }),
});

/**
 * A well-formed string that does not consist of white space.
 *
 * @param limit The maximum number of Unicode code points: a number, or the name of one of the module's limits.
 */
export function IsText(limit?: number | LimitName): PropertyDecorator {
  return (target, property) => {
    IsWellFormed()(target, property);
    IsFilledText()(target, property);
    if (limit !== undefined) MaxCharacters(limit)(target, property);
  };
}

/** One of these texts. Unlike class-validator's `IsIn`, it also describes a class that has no other rule. */
export const IsLiteral = createRuleDecorator<string[]>('isIn', {
  validate: (value, { constraints }) => constraints.includes(value),
  message: ({ constraints }) => `$property must be one of the following values: ${constraints.join(', ')}`,
  schema: ({ constraints }) => ({ value: { type: 'string', enum: [...constraints] } }),
});

/** No white space at either end. */
export const IsTrimmed = createRuleDecorator('isTrimmed', {
  validate: (value) => typeof value !== 'string' || value.trim() === value,
  message: '$property must not begin or end with white space',
  schema: () => ({ value: { pattern: '^\\S([\\s\\S]*\\S)?$' } }),
});

/** A whole number within a range that includes both ends. */
export const IsWholeNumber = createRuleDecorator<[min: number, max: number]>('isWholeNumber', {
  validate(value, { constraints: [min, max] }) {
    return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  },
  message: ({ constraints: [min, max] }) => `$property must be a whole number from ${min} to ${max}`,
  schema: ({ constraints: [minimum, maximum] }) => ({ value: { type: 'integer', minimum, maximum } }),
});
