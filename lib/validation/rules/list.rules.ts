import { isRecord } from '../is-record.js';
import { createRuleDecorator } from '../rule.js';
import { isWellFormed } from '../well-formed.js';
import { type LimitName, limitOf } from './text.rules.js';

/** Maximum length of any list. No list of a message is nearly as long. */
export const MAX_ITEMS = 100;

/** Checks for an array that is short enough to iterate over. `isList` rejects a longer one. */
export function isShortList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= MAX_ITEMS;
}

/** An array with 1 to 100 items. */
export const IsList = createRuleDecorator('isList', {
  validate: (value) => isShortList(value) && value.length > 0,
  message({ value }) {
    const isLong = Array.isArray(value) && value.length > MAX_ITEMS;
    return isLong ? `$property must have at most ${MAX_ITEMS} items` : '$property must be a non-empty array';
  },
  schema: () => ({ value: { type: 'array', minItems: 1, maxItems: MAX_ITEMS } }),
});

/** A non-empty list of texts. The first other item is reported. */
export const IsTextList = createRuleDecorator('isTextList', {
  issues(value, { property }) {
    const message = '$property must be a non-empty string';
    if (!isShortList(value) || value.length === 0) {
      return [{ path: property, message: `$property must be an array of 1 to ${MAX_ITEMS} texts` }];
    }
    const index = value.findIndex((item) => typeof item !== 'string' || item.trim() === '' || !isWellFormed(item));
    return index < 0 ? [] : [{ path: `${property}[${index}]`, message }];
  },
  message: `$property must be an array of 1 to ${MAX_ITEMS} texts`,
  schema: () => ({
    value: { type: 'array', minItems: 1, maxItems: MAX_ITEMS, items: { type: 'string', minLength: 1 } },
  }),
});

/** A maximum number of items: a number, or the name of one of the module's limits. */
export const MaxItems = createRuleDecorator<[limit: number | LimitName]>('maxItems', {
  validate(value, { constraints, limits }) {
    return !Array.isArray(value) || value.length <= limitOf(constraints[0], limits);
  },
  message: ({ constraints, limits }) => `$property must have at most ${limitOf(constraints[0], limits)} items`,
  schema: ({ constraints, limits }) => ({ value: { maxItems: limitOf(constraints[0], limits) } }),
});

/** A minimum number of items. */
export const MinItems = createRuleDecorator<[limit: number]>('minItems', {
  validate: (value, { constraints: [limit] }) => !Array.isArray(value) || value.length === 0 || value.length >= limit,
  message: '$property must have at least $constraint1 items',
  schema: ({ constraints: [minItems] }) => ({ value: { minItems } }),
});

/** Returns the positions at which a value occurs again. Missing values are ignored. */
export function repeats(items: readonly unknown[], pick: (item: unknown) => unknown): number[] {
  const seen = new Set<unknown>();
  const repeated: number[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const value = pick(items[index]);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    if (seen.has(value)) repeated.push(index);
    seen.add(value);
  }
  return repeated;
}

function fieldOf(item: unknown, path: readonly string[]): unknown {
  let inner = item;
  for (const key of path) inner = isRecord(inner) ? inner[key] : undefined;
  return inner;
}

/** Items with unique values of this field. The later item is reported. */
export const UniqueBy = createRuleDecorator<string[]>('uniqueBy', {
  issues(value, { property, constraints }) {
    if (!isShortList(value)) return [];
    return repeats(value, (item) => fieldOf(item, constraints)).map((index) => ({
      path: `${property}[${index}].${constraints.join('.')}`,
      message: '$property must be unique, but an earlier item has the same value',
    }));
  },
  message: ({ constraints }) => `$property must not have two items with the same ${constraints.join('.')}`,
});
