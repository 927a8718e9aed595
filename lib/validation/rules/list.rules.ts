import { ValidatorConstraint } from 'class-validator';
import { isRecord } from '../is-record.js';
import { type RuleSchema } from '../json-schema.interface.js';
import {
  applyRule,
  type LocatedIssue,
  type PathReportingRule,
  type RuleArguments,
  type RuleWithSchema,
} from '../rule.js';
import { type LimitName, limitOf } from './text.rules.js';

/** Maximum length of any list. No list of a message is nearly as long. */
export const MAX_ITEMS = 100;

@ValidatorConstraint({ name: 'isList' })
export class IsListRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return isShortList(value) && value.length > 0;
  }

  defaultMessage({ value }: RuleArguments): string {
    const isLong = Array.isArray(value) && value.length > MAX_ITEMS;
    return isLong ? `$property must have at most ${MAX_ITEMS} items` : '$property must be a non-empty array';
  }

  schema(): RuleSchema {
    return { value: { type: 'array', minItems: 1, maxItems: MAX_ITEMS } };
  }
}

/** Checks for an array that is short enough to iterate over. `isList` rejects a longer one. */
export function isShortList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= MAX_ITEMS;
}

/** An array with 1 to 100 items. */
export function IsList(): PropertyDecorator {
  return applyRule(IsListRule);
}

@ValidatorConstraint({ name: 'maxItems' })
export class MaxItemsRule implements RuleWithSchema {
  validate(value: unknown, args: RuleArguments): boolean {
    return !Array.isArray(value) || value.length <= limitOf(args.constraints[0], args.limits);
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must have at most ${limitOf(args.constraints[0], args.limits)} items`;
  }

  schema(args: RuleArguments): RuleSchema {
    return { value: { maxItems: limitOf(args.constraints[0], args.limits) } };
  }
}

/** A maximum number of items: a number, or the name of one of the module's limits. */
export function MaxItems(limit: number | LimitName): PropertyDecorator {
  return applyRule(MaxItemsRule, [limit]);
}

// A small list is compared faster than it is copied into a set.
const SMALL_LIST = 10;

/** Returns the positions at which a value occurs again. Missing values are ignored. */
export function repeats(items: readonly unknown[], pick: (item: unknown) => unknown): number[] {
  const seen = new Set<unknown>();
  const repeated: number[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const value = pick(items[index]);
    if (typeof value !== 'string') continue;
    if (seen.has(value)) repeated.push(index);
    seen.add(value);
  }
  return repeated;
}

function hasPair(items: readonly unknown[], path: readonly string[]): boolean {
  for (let later = 1; later < items.length; later += 1) {
    const value = fieldOf(items[later], path);
    if (typeof value !== 'string') continue;
    for (let earlier = 0; earlier < later; earlier += 1) {
      if (fieldOf(items[earlier], path) === value) return true;
    }
  }
  return false;
}

function fieldOf(item: unknown, path: readonly string[]): unknown {
  let inner = item;
  for (const key of path) inner = isRecord(inner) ? inner[key] : undefined;
  return inner;
}

@ValidatorConstraint({ name: 'uniqueBy' })
export class UniqueByRule implements PathReportingRule {
  faults(value: unknown, args: RuleArguments): LocatedIssue[] {
    if (!isShortList(value)) return [];
    const path: string[] = args.constraints;
    return repeats(value, (item) => fieldOf(item, path)).map((index) => ({
      path: `${args.property}[${index}].${path.join('.')}`,
      message: '$property must be unique, but an earlier item has the same value',
    }));
  }

  validate(value: unknown, args: RuleArguments): boolean {
    if (!isShortList(value)) return true;
    return value.length <= SMALL_LIST ? !hasPair(value, args.constraints) : this.faults(value, args).length === 0;
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must not have two items with the same ${args.constraints.join('.')}`;
  }
}

/** Items with unique values of this field. The later item is reported. */
export function UniqueBy(...path: string[]): PropertyDecorator {
  return applyRule(UniqueByRule, path);
}
