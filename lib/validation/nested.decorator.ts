import { Transform, Type, type TypeHelpOptions } from 'class-transformer';
import { ValidateNested, ValidatorConstraint } from 'class-validator';
import { describeProperties } from './described-properties.js';
import { isRecord } from './is-record.js';
import type { RuleSchema } from './json-schema.interface.js';
import type { DtoClass, NestedContext } from './nested-context.js';
import { applyRule, type RuleWithSchema } from './rule.js';
import { IsList, isShortList, MAX_ITEMS } from './rules/list.rules.js';

export type { DtoClass } from './nested-context.js';

// For Nest's ValidationPipe, which has class-transformer make instances of everything there is before it validates, and
// goes through every list there is: of a list that is too long it gets only as much as proves it.
function typeOf({ nested }: NestedContext, help: TypeHelpOptions | undefined) {
  const value: unknown = help && Reflect.get(help.object, help.property);
  return Array.isArray(value) && !isShortList(value) ? Boolean : nested();
}

function withoutLists(value: unknown, { list }: NestedContext): unknown {
  if (!Array.isArray(value)) return value;
  // No object of a message is a list.
  return list && value.slice(0, MAX_ITEMS + 1).map((item: unknown) => !Array.isArray(item) && item);
}

function nest(context: NestedContext): PropertyDecorator {
  return (target, property) => {
    Type((help) => typeOf(context, help))(target, property);
    Transform(({ value }) => withoutLists(value, context), { toClassOnly: true })(target, property);
    ValidateNested({ context })(target, property.toString());
    describeProperties(target.constructor);
  };
}

@ValidatorConstraint({ name: 'isObject' })
export class IsObjectRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return isRecord(value);
  }

  defaultMessage(): string {
    return '$property must be an object';
  }

  // The nested class has its own.
  schema(): RuleSchema {
    return {};
  }
}

/** A property that holds one object of another DTO class. */
export function Nested(nested: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    // class-validator passes over what is not there.
    applyRule(IsObjectRule)(target, property);
    nest({ nested, list: false })(target, property);
  };
}

/** A property that holds a list of objects of another DTO class, at least one. */
export function NestedList(nested: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    IsList()(target, property);
    nest({ nested, list: true })(target, property);
  };
}
