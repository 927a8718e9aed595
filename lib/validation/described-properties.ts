import { type DtoClass, readRules } from './dto-rules.js';
import { type PropertySchema, propertySchema } from './property-schema.js';

/** Where @nestjs/swagger looks for what its compiler plugin writes into a class. */
const METADATA_FACTORY = '_OPENAPI_METADATA_FACTORY';

/** The options of `@ApiProperty()`. */
export type DescribedProperty = Record<string, unknown>;

/**
 * Lets Swagger read the properties of a class, as if its compiler plugin had compiled it.
 *
 * Swagger calls the method when it builds a document, a mapped type or a subclass, so the order of imports is irrelevant.
 */
export function describeProperties(dto: object): void {
  if (!isDtoClass(dto) || Object.hasOwn(dto, METADATA_FACTORY)) return;
  Object.defineProperty(dto, METADATA_FACTORY, { value: () => describedProperties(dto), configurable: true });
}

/** Builds the schemas of a class's properties from their rules. */
export function propertySchemasOf(dto: DtoClass): PropertySchema[] {
  return readRules(dto).properties.flatMap((property) => propertySchema(dto, property) ?? []);
}

/** Returns the types of an object whose other fields depend on its `type`, or an empty list. */
export function variantsOf(properties: readonly PropertySchema[]): readonly string[] {
  const types = properties.find(({ name }) => name === 'type')?.schema.enum ?? [];
  return properties.some(({ requiredForType }) => requiredForType !== undefined) ? types : [];
}

/** Returns the `@ApiProperty()` options of a property. */
export function describedProperty({ schema, nested, required }: PropertySchema): DescribedProperty {
  const { type, ...keywords } = schema;
  if (nested) return { ...keywords, type: () => nested.of(), isArray: nested.list, required };
  return { ...keywords, ...(type !== undefined && { type }), required };
}

function describedProperties(dto: DtoClass): Record<string, DescribedProperty> {
  const properties = propertySchemasOf(dto);
  // Each variant has a schema of its own.
  if (variantsOf(properties).length > 0) return {};
  return Object.fromEntries(properties.map((property) => [property.name, describedProperty(property)]));
}

function isDtoClass(value: object): value is DtoClass {
  return typeof value === 'function';
}
