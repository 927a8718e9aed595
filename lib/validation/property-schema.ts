import type { NestedProperty, PropertyRule, PropertyRules } from './dto-rules.js';
import type { JsonSchema, RuleSchema } from './json-schema.interface.js';
import type { DtoClass } from './nested-context.js';
import { isRuleWithSchema, type RuleArguments } from './rule.interface.js';

/** What a document says of a property, read from its rules. */
export interface PropertySchema {
  name: string;
  schema: JsonSchema & { description?: string };
  nested: NestedProperty | undefined;
  /** Whether every object has it. */
  required: boolean;
  /** The one `type` of which objects must have it. */
  requiredForType: string | undefined;
  /** The one `type` of which objects may have it. */
  onlyForType: string | undefined;
  /** What it asks of the object that holds it. */
  object: JsonSchema[];
}

/** The rules that class-validator brings. Their names are its own. */
const FOREIGN_RULES: Readonly<Record<string, (args: RuleArguments) => RuleSchema>> = {
  isIn: ({ constraints }) => ({ value: { type: 'string', enum: [...constraints[0]] } }),
  isString: () => ({ value: { type: 'string' } }),
  isBoolean: () => ({ value: { type: 'boolean' } }),
};

/** The schema of a property; undefined where no object may have it. */
export function propertySchema(dto: DtoClass, property: PropertyRules): PropertySchema | undefined {
  const { name, conditions, needs, nested } = property;
  const described = property.rules.map((rule) => describeRule(rule, argumentsOf(dto, name, rule)));
  // What has no rules at all is allowed only so that another property's rule can refuse it.
  if ((described.length === 0 && !nested) || described.some(({ schema }) => schema.never)) return undefined;
  const words = described.flatMap(({ sentence }) => sentence ?? []).join(' ');
  const forType = needs.find((need) => need.need === 'of-type');
  return {
    name,
    schema: {
      ...Object.assign({}, ...described.map(({ schema }) => schema.value)),
      ...(words !== '' && { description: words }),
    },
    nested,
    required: conditions.length === 0,
    requiredForType: forType?.type,
    onlyForType: described.map(({ schema }) => schema.onlyForType).find((type) => type !== undefined),
    object: [...described.flatMap(({ schema }) => schema.object ?? []), ...neededBy(property)],
  };
}

function describeRule(
  { name, constraint }: PropertyRule,
  args: RuleArguments,
): { schema: RuleSchema; sentence?: string } {
  const schema = isRuleWithSchema(constraint) ? constraint.schema(args) : FOREIGN_RULES[name]?.(args);
  if (schema && !schema.inWords) return { schema };
  const words = (constraint.defaultMessage?.(args) ?? '').replace('$property ', '');
  return { schema: schema ?? {}, sentence: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` };
}

function argumentsOf({ name: targetName }: DtoClass, property: string, { metadata }: PropertyRule): RuleArguments {
  return { targetName, property, object: {}, value: undefined, constraints: metadata.constraints ?? [] };
}

/** Where one of these fields is, the property is too. */
function neededBy({ name, needs }: PropertyRules): JsonSchema[] {
  return needs.flatMap((need) => {
    if (need.need !== 'with-fields') return [];
    const others = need.fields.map((field) => ({ required: [field] }));
    return [{ anyOf: [{ required: [name] }, { not: { anyOf: others } }] }];
  });
}
