import { ValidateIf } from 'class-validator';
import { isRecord } from './is-record.js';

/** When a field is required. It is data in the condition's metadata, so that validation and documentation read the same. */
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

/** A property that may be omitted. Unlike with class-validator's `IsOptional`, `null` does not count as omitted. */
export function Optional(): PropertyDecorator {
  return requirementRule({ need: 'never' });
}

/** A property that may be omitted unless one of these fields is present. */
export function RequiredWith(...fields: string[]): PropertyDecorator {
  return requirementRule({ need: 'with-fields', fields });
}

/** A property that may be omitted, except in objects of this `type`. */
export function RequiredForType(type: string): PropertyDecorator {
  return requirementRule({ need: 'of-type', type });
}
