import type { ValidatorConstraintInterface } from 'class-validator';
import type { DtoClass, NestedProperty, PropertyRule, PropertyRules } from './dto-rules.js';
import type { JsonSchema, RuleSchema } from './json-schema.interface.js';
import type { RuleArguments, RuleWithSchema } from './rule.js';

/** The documentation of a property, derived from its rules. */
export interface PropertySchema {
  name: string;
  schema: JsonSchema & { description?: string };
  nested: NestedProperty | undefined;
  /** Whether every object has the property. */
  required: boolean;
  /** The `type` of objects that must have the property. */
  requiredForType: string | undefined;
  /** The `type` of objects that may have the property. */
  onlyForType: string | undefined;
  /** Schemas for the object with the property. */
  object: JsonSchema[];
  /** The schema of the object's fields that are not declared. */
  otherFields: JsonSchema | undefined;
}

/** Rules of class-validator, by its names. */
const FOREIGN_RULES: Readonly<Record<string, (args: RuleArguments) => RuleSchema>> = {
  isIn: ({ constraints }) => ({ value: { type: 'string', enum: [...constraints[0]] } }),
  isString: () => ({ value: { type: 'string' } }),
  isBoolean: () => ({ value: { type: 'boolean' } }),
};

/** Returns the schema of a property, or undefined if no object may have it. */
export function propertySchema(dto: DtoClass, property: PropertyRules): PropertySchema | undefined {
  const { name, conditions, needs, nested } = property;
  const described = property.rules.map((rule) => describeRule(rule, argumentsOf(dto, name, rule)));
  // A property without rules is declared only so that another property's rule can reject it.
  if ((described.length === 0 && !nested) || described.some(({ schema }) => schema.never)) return undefined;
  const description = described.flatMap(({ sentence }) => sentence ?? []).join(' ');
  const forType = needs.find((need) => need.need === 'of-type');
  return {
    name,
    schema: {
      ...Object.assign({}, ...described.map(({ schema }) => schema.value)),
      ...(description !== '' && { description }),
    },
    nested,
    required: conditions.length === 0,
    requiredForType: forType?.type,
    onlyForType: described.map(({ schema }) => schema.onlyForType).find((type) => type !== undefined),
    otherFields: described.map(({ schema }) => schema.otherFields).find((fields) => fields !== undefined),
    object: [...described.flatMap(({ schema }) => schema.object ?? []), ...neededBy(property)],
  };
}

function isRuleWithSchema(rule: ValidatorConstraintInterface): rule is RuleWithSchema {
  return 'schema' in rule && rule.schema !== undefined;
}

function describeRule(
  { name, constraint }: PropertyRule,
  args: RuleArguments,
): { schema: RuleSchema; sentence?: string } {
  const schema = isRuleWithSchema(constraint) ? constraint.schema(args) : FOREIGN_RULES[name]?.(args);
  if (schema && !schema.inWords) return { schema };
  const message = (constraint.defaultMessage?.(args) ?? '').replace('$property ', '');
  return { schema: schema ?? {}, sentence: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
}

function argumentsOf({ name: targetName }: DtoClass, property: string, { metadata }: PropertyRule): RuleArguments {
  return { targetName, property, object: {}, value: undefined, constraints: metadata.constraints ?? [] };
}

/** If one of these fields is present, the property must be, too. */
function neededBy({ name, needs }: PropertyRules): JsonSchema[] {
  return needs.flatMap((need) => {
    if (need.need !== 'with-fields') return [];
    const others = need.fields.map((field) => ({ required: [field] }));
    return [{ anyOf: [{ required: [name] }, { not: { anyOf: others } }] }];
  });
}
