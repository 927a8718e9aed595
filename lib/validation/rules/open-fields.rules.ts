import { isOpenField, OPEN_FIELDS } from '../open-fields.js';
import { createRuleDecorator } from '../rule.js';
import { isWellFormed, NOT_WELL_FORMED } from '../well-formed.js';

/**
 * Allows fields that are not declared, if their names have one of these beginnings, such as `var_`. Their values are
 * non-empty texts. Apply it to a required property of the object.
 */
export const OpenFields = createRuleDecorator<string[]>(OPEN_FIELDS, {
  issues(_value, { object, constraints }) {
    return Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
      if (value === undefined || !isOpenField(name, constraints) || isFilledText(value)) return [];
      return [{ path: name, message: '$property must be a non-empty string' }];
    });
  },
  message: ({ constraints }) =>
    `the fields ${constraints.map((prefix: string) => `${prefix}…`).join(', ')} must be texts`,
  schema: () => ({
    otherFields: { type: 'string', minLength: 1, pattern: '\\S', not: { pattern: NOT_WELL_FORMED } },
    inWords: true,
  }),
});

function isFilledText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && isWellFormed(value);
}
