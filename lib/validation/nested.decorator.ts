import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { IsList } from './rules/list.rules.js';

/** A DTO class. */
export type DtoClass<T extends object = object> = new () => T;

interface NestedContext {
  nested: () => DtoClass;
  list: boolean;
}

/** The nested class is kept in the metadata's context, where the validator finds it without an instance. */
export function isNestedContext(context: unknown): context is NestedContext {
  return typeof context === 'object' && context !== null && 'nested' in context && 'list' in context;
}

function nest(context: NestedContext): PropertyDecorator {
  return (target, property) => {
    Type(context.nested)(target, property);
    ValidateNested({ context })(target, property.toString());
  };
}

/** A property that holds one object of another DTO class. */
export function Nested(nested: () => DtoClass): PropertyDecorator {
  return nest({ nested, list: false });
}

/** A property that holds a list of objects of another DTO class, at least one. */
export function NestedList(nested: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    IsList()(target, property);
    nest({ nested, list: true })(target, property);
  };
}
