import { ValidatorConstraint } from 'class-validator';
import { type MessageLimits, WHATSAPP_LIMITS } from '../../message/limits.js';
import { characters } from '../characters.js';
import { type RuleSchema } from '../json-schema.interface.js';
import { applyRule, type RuleArguments, type RuleWithSchema } from '../rule.js';
import { isWellFormed, NOT_WELL_FORMED } from '../well-formed.js';

/** The names of the limits that the module's `limits` option can change. */
export type LimitName = Exclude<keyof MessageLimits, 'mixedButtons'>;

/** Resolves a limit: a fixed number, or the name of one that the module can change. */
export function limitOf(limit: number | LimitName, limits: MessageLimits | undefined): number {
  return typeof limit === 'number' ? limit : (limits ?? WHATSAPP_LIMITS)[limit];
}

// A rule checks only values of its own type and accepts all others, so that a value of the wrong type is one issue.

@ValidatorConstraint({ name: 'isText' })
export class IsTextRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return typeof value === 'string' && value.trim() !== '';
  }

  defaultMessage(): string {
    return '$property must be a non-empty string';
  }

  schema(): RuleSchema {
    return { value: { type: 'string', minLength: 1, pattern: '\\S' } };
  }
}

@ValidatorConstraint({ name: 'isWellFormed' })
export class IsWellFormedRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return typeof value !== 'string' || isWellFormed(value);
  }

  defaultMessage(): string {
    return '$property must not contain a lone surrogate or NUL';
  }

  schema(): RuleSchema {
    return { value: { not: { pattern: NOT_WELL_FORMED } } };
  }
}

/** No lone surrogate and no NUL, which URLs, UTF-8 and databases cannot represent. */
export function IsWellFormed(): PropertyDecorator {
  return applyRule(IsWellFormedRule);
}

/** A well-formed string that does not consist of white space. */
export function IsText(): PropertyDecorator {
  return (target, property) => {
    IsWellFormed()(target, property);
    applyRule(IsTextRule)(target, property);
  };
}

@ValidatorConstraint({ name: 'maxCharacters' })
export class MaxCharactersRule implements RuleWithSchema {
  validate(value: unknown, args: RuleArguments): boolean {
    if (typeof value !== 'string') return true;
    const limit = limitOf(args.constraints[0], args.limits);
    // A code point is one or two UTF-16 units, so most texts need not be counted.
    return value.length <= limit || (value.length <= 2 * limit && characters(value) <= limit);
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must have at most ${limitOf(args.constraints[0], args.limits)} characters`;
  }

  schema(args: RuleArguments): RuleSchema {
    return { value: { maxLength: limitOf(args.constraints[0], args.limits) } };
  }
}

/** A maximum number of Unicode code points: a number, or the name of one of the module's limits. */
export function MaxCharacters(limit: number | LimitName): PropertyDecorator {
  return applyRule(MaxCharactersRule, [limit]);
}

@ValidatorConstraint({ name: 'isTrimmed' })
export class IsTrimmedRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return typeof value !== 'string' || value.trim() === value;
  }

  defaultMessage(): string {
    return '$property must not begin or end with white space';
  }

  schema(): RuleSchema {
    return { value: { pattern: '^\\S([\\s\\S]*\\S)?$' } };
  }
}

/** No white space at either end. */
export function IsTrimmed(): PropertyDecorator {
  return applyRule(IsTrimmedRule);
}

@ValidatorConstraint({ name: 'isWholeNumber' })
export class IsWholeNumberRule implements RuleWithSchema {
  validate(value: unknown, args: RuleArguments): boolean {
    const [min, max] = args.constraints;
    return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must be a whole number from ${args.constraints[0]} to ${args.constraints[1]}`;
  }

  schema({ constraints: [minimum, maximum] }: RuleArguments): RuleSchema {
    return { value: { type: 'integer', minimum, maximum } };
  }
}

/** A whole number within a range that includes both ends. */
export function IsWholeNumber(min: number, max: number): PropertyDecorator {
  return applyRule(IsWholeNumberRule, [min, max]);
}
