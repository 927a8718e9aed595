import { ApiExtraModels, ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { describedProperty, propertySchemasOf, variantsOf } from '../validation/described-properties.js';
import type { DtoClass } from '../validation/index.js';
import type { PropertySchema } from '../validation/property-schema.js';

/** Adds Swagger's class metadata to a DTO. Its properties have their own metadata. */
export function describeDto(dto: DtoClass): void {
  const properties = propertySchemasOf(dto);
  const types = variantsOf(properties);
  if (types.length > 0) describeUnion(dto, properties, types);
  else describeObject(dto, properties);
}

function describeObject(dto: DtoClass, properties: readonly PropertySchema[], name?: string): void {
  const allOf = properties.flatMap(({ object }) => object);
  const schema = {
    additionalProperties: properties.find(({ otherFields }) => otherFields)?.otherFields ?? false,
    ...(name !== undefined && { name }),
    ...(allOf.length > 0 && { allOf }),
  };
  ApiSchema(schema)(dto);
}

/** Describes an object whose fields depend on its `type` as one schema for each type. */
function describeUnion(dto: DtoClass, properties: readonly PropertySchema[], types: readonly string[]): void {
  const variants = types.map((type) => ({ type, name: variantName(dto, type), variant: class {} }));
  for (const { type, name, variant } of variants) describeVariant(variant, ofType(properties, type), name);
  const paths = variants.map(({ type, name }) => [type, getSchemaPath(name)] as const);
  const schema = {
    name: dto.name,
    oneOf: paths.map(([, $ref]) => ({ $ref })),
    discriminator: { propertyName: 'type', mapping: Object.fromEntries(paths) },
  };
  ApiExtraModels(...variants.map(({ variant }) => variant))(dto);
  ApiSchema(schema)(dto);
}

/** Describes a variant, whose class has no rules, by the properties of its type. */
function describeVariant(variant: DtoClass, properties: readonly PropertySchema[], name: string): void {
  describeObject(variant, properties, name);
  for (const property of properties) {
    // TypeScript writes it for the properties of a declared class, and Swagger needs it if several types are possible.
    Reflect.defineMetadata('design:type', Object, variant.prototype, property.name);
    ApiProperty(describedProperty(property))(variant.prototype, property.name);
  }
}

function ofType(properties: readonly PropertySchema[], type: string): PropertySchema[] {
  return properties
    .filter(({ onlyForType }) => onlyForType === undefined || onlyForType === type)
    .map((property) => {
      if (property.name === 'type') return { ...property, schema: { ...property.schema, enum: [type] } };
      return { ...property, required: property.required || property.requiredForType === type };
    });
}

/**
 * Returns the schema name of a variant, for example `ButtonDtoReply`. It begins with the class, so that it is unique.
 */
function variantName({ name }: DtoClass, type: string): string {
  return `${name}${type.charAt(0).toUpperCase()}${type.slice(1).toLowerCase()}`;
}
