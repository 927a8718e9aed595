/// <reference path="./class-transformer-storage.d.ts" />
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { type DtoClass } from '../validation/index.js';
import { isRecord } from '../validation/is-record.js';

/** The class of a property, from `@Type()` or its declaration. */
export interface NestedClass {
  /** All possible classes. */
  candidates: readonly DtoClass[];
  /** Returns the class of a value. A discriminator may choose it. */
  of(value: unknown): DtoClass | undefined;
}

/** Returns the class of a property. Returns undefined if it is not a class of the application. */
export function nestedClassOf(dto: DtoClass, property: string): NestedClass | undefined {
  const kept = defaultMetadataStorage.findTypeMetadata(dto, property);
  const declared: unknown = kept?.typeFunction?.() ?? Reflect.getMetadata('design:type', dto.prototype, property);
  const base = isDtoClass(declared) ? declared : undefined;
  const discriminator = kept?.options?.discriminator;
  if (!discriminator) return base && { candidates: [base], of: () => base };
  const { property: tag, subTypes } = discriminator;
  const classes = new Map(subTypes.flatMap(({ name, value }) => (isDtoClass(value) ? [[name, value] as const] : [])));
  const chosen = (value: unknown) => (isRecord(value) ? classes.get(String(value[tag])) : undefined);
  return { candidates: [...(base ? [base] : []), ...classes.values()], of: (value) => chosen(value) ?? base };
}

/** Checks if a type is a class that may have rules. */
export function isDtoClass(type: unknown): type is DtoClass {
  return typeof type === 'function' && ![String, Number, Boolean, Array, Object, Date].some((plain) => plain === type);
}
