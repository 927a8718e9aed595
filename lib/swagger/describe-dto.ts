import { ApiExtraModels, ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { type DtoClass, readRules } from '../validation/index.js';
import { type PropertySchema, propertySchema } from './property-schema.js';

/** Gives a DTO class the metadata that Swagger reads. */
export function describeDto(dto: DtoClass): void {
  const properties = readRules(dto).properties.flatMap((property) => propertySchema(dto, property) ?? []);
  const types = properties.find(({ name }) => name === 'type')?.schema.enum ?? [];
  const varies = properties.some(({ requiredForType }) => requiredForType !== undefined);
  if (varies && types.length > 0) describeUnion(dto, properties, types);
  else describeObject(dto, properties);
}

function describeObject(dto: DtoClass, properties: readonly PropertySchema[], name?: string): void {
  const allOf = properties.flatMap(({ object }) => object);
  const schema = {
    additionalProperties: false,
    ...(name !== undefined && { name }),
    ...(allOf.length > 0 && { allOf }),
  };
  ApiSchema(schema)(dto);
  for (const property of properties) describeProperty(dto, property);
}

function describeProperty(dto: DtoClass, { name, schema, nested, required }: PropertySchema): void {
  const { type, ...keywords } = schema;
  const options = nested
    ? { ...keywords, type: () => nested.of(), isArray: nested.list, required }
    : { ...keywords, ...(type !== undefined && type !== 'object' && { type }), required };
  ApiProperty(options)(dto.prototype, name);
}

/** An object whose other fields depend on its `type`, as one schema for each. */
function describeUnion(dto: DtoClass, properties: readonly PropertySchema[], types: readonly string[]): void {
  const variants = types.map((type) => ({ type, name: variantName(dto, type), variant: class {} }));
  for (const { type, name, variant } of variants) describeObject(variant, ofType(properties, type), name);
  const paths = variants.map(({ type, name }) => [type, getSchemaPath(name)] as const);
  const schema = {
    name: dto.name,
    oneOf: paths.map(([, $ref]) => ({ $ref })),
    discriminator: { propertyName: 'type', mapping: Object.fromEntries(paths) },
  };
  ApiExtraModels(...variants.map(({ variant }) => variant))(dto);
  ApiSchema(schema)(dto);
}

function ofType(properties: readonly PropertySchema[], type: string): PropertySchema[] {
  return properties
    .filter(({ onlyForType }) => onlyForType === undefined || onlyForType === type)
    .map((property) => {
      if (property.name === 'type') return { ...property, schema: { ...property.schema, enum: [type] } };
      return { ...property, required: property.required || property.requiredForType === type };
    });
}

/** `ButtonDtoReply`: it begins with the class, so that it cannot be another class's name. */
function variantName({ name }: DtoClass, type: string): string {
  return `${name}${type.charAt(0).toUpperCase()}${type.slice(1).toLowerCase()}`;
}
