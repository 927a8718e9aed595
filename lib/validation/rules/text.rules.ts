import { ValidatorConstraint } from 'class-validator';
import { type MessageLimits, WHATSAPP_LIMITS } from '../../message/limits.js';
import { characters } from '../characters.js';
import { type RuleSchema } from '../json-schema.interface.js';
import { applyRule, type RuleArguments, type RuleWithSchema } from '../rule.js';
import { isWellFormed, NOT_WELL_FORMED } from '../well-formed.js';

/** The names of the limits that the module's `limits` option can change. */
export type LimitName = Exclude<keyof MessageLimits, 'mixedButtons'>;

/** A limit as a rule holds it: a number that is fixed, or the name of one that the module may change. */
export function limitOf(limit: number | LimitName, limits: MessageLimits | undefined): number {
  return typeof limit === 'number' ? limit : (limits ?? WHATSAPP_LIMITS)[limit];
}

// A rule judges only values of its own type and lets all others pass: that a text must be a text is one rule's business,
// so a value of the wrong type is one fault.

@ValidatorConstraint({ name: 'isText' })
export class IsTextRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return typeof value === 'string' && value.trim() !== '';
  }

  defaultMessage(): string {
    return '$property must be a text that is not empty';
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
    return '$property must not hold half a character (a lone surrogate) or NUL: give the whole text';
  }

  schema(): RuleSchema {
    return { value: { not: { pattern: NOT_WELL_FORMED } } };
  }
}

/** No half of a surrogate pair and no NUL: URLs, UTF-8 and databases have no place for either. */
export function IsWellFormed(): PropertyDecorator {
  return applyRule(IsWellFormedRule);
}

/** A string with something in it besides white space, in well-formed Unicode. */
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
    // A code point is one or two UTF-16 units: most texts need no counting.
    return value.length <= limit || (value.length <= 2 * limit && characters(value) <= limit);
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must have at most ${limitOf(args.constraints[0], args.limits)} characters`;
  }

  schema(args: RuleArguments): RuleSchema {
    return { value: { maxLength: limitOf(args.constraints[0], args.limits) } };
  }
}

/** At most so many Unicode code points: a number, or the name of one of the module's limits. */
export function MaxCharacters(limit: number | LimitName): PropertyDecorator {
  return applyRule(MaxCharactersRule, [limit]);
}

@ValidatorConstraint({ name: 'isTrimmed' })
export class IsTrimmedRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return typeof value !== 'string' || value.trim() === value;
  }

  defaultMessage(): string {
    return '$property must not begin or end with a space';
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

/** A whole number, both ends included. */
export function IsWholeNumber(min: number, max: number): PropertyDecorator {
  return applyRule(IsWholeNumberRule, [min, max]);
}
