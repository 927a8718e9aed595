import { ValidateIf } from 'class-validator';
import { describeProperties } from '../described-properties.js';
import { isRecord } from '../is-record.js';
import type { Requirement } from '../requirement.js';

function requirementRule(need: Requirement): PropertyDecorator {
  const condition = (object: unknown, value: unknown) => value !== undefined || isNeeded(need, object);
  const apply = ValidateIf(condition, { context: need });
  return (target, property) => {
    apply(target, property);
    describeProperties(target.constructor);
  };
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
