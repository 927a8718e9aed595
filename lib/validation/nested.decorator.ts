import { Transform, Type, type TypeHelpOptions } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { describeProperties } from './described-properties.js';
import type { DtoClass, NestedProperty } from './dto-rules.js';
import { isRecord } from './is-record.js';
import { createRuleDecorator } from './rule.js';
import { IsList, isShortList, MAX_ITEMS } from './rules/list.rules.js';

// Nest's ValidationPipe lets class-transformer create instances before it validates, and iterates over every list. A list
// that is too long is therefore cut to as many items as prove it.
function typeOf({ of }: NestedProperty, help: TypeHelpOptions | undefined) {
  const value: unknown = help && Reflect.get(help.object, help.property);
  return Array.isArray(value) && !isShortList(value) ? Boolean : of();
}

function withoutLists(value: unknown, { list }: NestedProperty): unknown {
  if (!Array.isArray(value)) return value;
  // A message contains no list of lists.
  return list && value.slice(0, MAX_ITEMS + 1).map((item: unknown) => !Array.isArray(item) && item);
}

function nest(context: NestedProperty): PropertyDecorator {
  return (target, property) => {
    Type((help) => typeOf(context, help))(target, property);
    Transform(({ value }) => withoutLists(value, context), { toClassOnly: true })(target, property);
    ValidateNested({ context })(target, property.toString());
    describeProperties(target.constructor);
  };
}

const IsObject = createRuleDecorator('isObject', {
  validate: isRecord,
  message: '$property must be an object',
  // The nested class has a schema of its own.
  schema: () => ({}),
});

/** A property with one object of another DTO class. */
export function Nested(of: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    // class-validator skips missing values.
    IsObject()(target, property);
    nest({ of, list: false })(target, property);
  };
}

/** A property with a non-empty list of objects of another DTO class. */
export function NestedList(of: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    IsList()(target, property);
    nest({ of, list: true })(target, property);
  };
}
