import { type DtoClass, HasOneOf, Nested } from '../../../validation/index.js';

/** A property with a file: its URL, or the ID of an uploaded file, and never both. */
export function NestedFile(of: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    Nested(of)(target, property);
    HasOneOf('link', 'id')(target, property);
  };
}
