import { ValidateIf } from 'class-validator';
import { isRecord } from './is-record.js';

/**
 * When a field must be there. Kept as data in the condition's metadata, so that what checks it and what documents it
 * read the same.
 */
export type Requirement =
  | { need: 'never' }
  | { need: 'with-fields'; fields: readonly string[] }
  | { need: 'of-type'; type: string };

export function isRequirement(context: unknown): context is Requirement {
  return isRecord(context) && 'need' in context;
}

function requirementRule(need: Requirement): PropertyDecorator {
  const condition = (object: unknown, value: unknown) => value !== undefined || isNeeded(need, object);
  return ValidateIf(condition, { context: need });
}

function isNeeded(need: Requirement, object: unknown): boolean {
  if (need.need === 'never' || !isRecord(object)) return false;
  return need.need === 'of-type' ? object.type === need.type : need.fields.some((field) => object[field] !== undefined);
}

/** A property that may be left out. Unlike class-validator's `IsOptional`, `null` does not count as left out. */
export function Optional(): PropertyDecorator {
  return requirementRule({ need: 'never' });
}

/** A property that may be left out unless one of these others is there. */
export function RequiredWith(...fields: string[]): PropertyDecorator {
  return requirementRule({ need: 'with-fields', fields });
}

/** A property that may be left out except in objects of this `type`. */
export function RequiredForType(type: string): PropertyDecorator {
  return requirementRule({ need: 'of-type', type });
}
