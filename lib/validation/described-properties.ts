import { readRules } from './dto-rules.js';
import type { DtoClass } from './nested-context.js';
import { type PropertySchema, propertySchema } from './property-schema.js';

/** Where @nestjs/swagger looks for what its compiler plugin would have written into a class. */
const METADATA_FACTORY = '_OPENAPI_METADATA_FACTORY';

/** A property as `@ApiProperty()` takes it. */
export type DescribedProperty = Record<string, unknown>;

/**
 * Lets a class answer Swagger's question for its properties, as classes do that were compiled with its plugin. It is
 * asked only where a document, a mapped type or a subclass is made of the class, so the order of imports is of no account.
 */
export function describeProperties(dto: object): void {
  if (!isDtoClass(dto) || Object.hasOwn(dto, METADATA_FACTORY)) return;
  Object.defineProperty(dto, METADATA_FACTORY, { value: () => describedProperties(dto), configurable: true });
}

/** The schemas of a class's properties, made of their rules. */
export function propertySchemasOf(dto: DtoClass): PropertySchema[] {
  return readRules(dto).properties.flatMap((property) => propertySchema(dto, property) ?? []);
}

/** The types of an object whose other fields depend on its `type`; none of other objects. */
export function variantsOf(properties: readonly PropertySchema[]): readonly string[] {
  const types = properties.find(({ name }) => name === 'type')?.schema.enum ?? [];
  return properties.some(({ requiredForType }) => requiredForType !== undefined) ? types : [];
}

/** A property as Swagger takes it. */
export function describedProperty({ schema, nested, required }: PropertySchema): DescribedProperty {
  const { type, ...keywords } = schema;
  if (nested) return { ...keywords, type: () => nested.of(), isArray: nested.list, required };
  return { ...keywords, ...(type !== undefined && type !== 'object' && { type }), required };
}

function describedProperties(dto: DtoClass): Record<string, DescribedProperty> {
  const properties = propertySchemasOf(dto);
  // Each of its variants has a schema of its own.
  if (variantsOf(properties).length > 0) return {};
  return Object.fromEntries(properties.map((property) => [property.name, describedProperty(property)]));
}

function isDtoClass(value: object): value is DtoClass {
  return typeof value === 'function';
}
