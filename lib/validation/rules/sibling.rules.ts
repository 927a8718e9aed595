import { isRecord } from '../is-record.js';
import { createRuleDecorator, type RuleArguments } from '../rule.js';
import { Optional, RequiredForType } from './presence.rules.js';

function sibling(args: RuleArguments, field: string): unknown {
  return isRecord(args.object) ? args.object[field] : undefined;
}

/** A text that differs from these other fields of the object. */
export const DiffersFrom = createRuleDecorator<string[]>('differsFrom', {
  validate(value, args) {
    return typeof value !== 'string' || args.constraints.every((field: string) => sibling(args, field) !== value);
  },
  message: ({ constraints }) => `$property must differ from ${constraints.join(' and ')}`,
});

/** Exactly one of these fields of the object is present. The issue is reported for the whole object. */
export const ExactlyOneOf = createRuleDecorator<string[]>('exactlyOneOf', {
  issues(_value, args) {
    const given = args.constraints.filter((field: string) => sibling(args, field) !== undefined);
    const message = `the message must have exactly one of ${args.constraints.join(', ')}`;
    return given.length === 1 ? [] : [{ path: '', message }];
  },
  message: ({ constraints }) => `$property must have exactly one of ${constraints.join(', ')}`,
  schema: ({ constraints }) => ({ object: { oneOf: constraints.map((field: string) => ({ required: [field] })) } }),
});

/** The object in this property has exactly one of these fields. */
export const HasOneOf = createRuleDecorator<string[]>('hasOneOf', {
  validate(value, { constraints }) {
    return !isRecord(value) || constraints.filter((field: string) => value[field] !== undefined).length === 1;
  },
  message: ({ constraints }) => `$property must have exactly one of ${constraints.join(', ')}`,
  schema: ({ constraints }) => ({ value: { oneOf: constraints.map((field: string) => ({ required: [field] })) } }),
});

const IsAllowedForType = createRuleDecorator<[type: string]>('onlyForType', {
  validate: (_value, args) => sibling(args, 'type') === args.constraints[0],
  message: ({ constraints }) => `$property is only allowed when type is "${constraints[0]}"`,
  schema: ({ constraints }) => ({ onlyForType: constraints[0] }),
});

/** A field that is optional for this `type` and not allowed for others. */
export function AllowedForType(type: string): PropertyDecorator {
  return (target, property) => {
    Optional()(target, property);
    IsAllowedForType(type)(target, property);
  };
}

/** A field that is required for this `type` and not allowed for others. */
export function OnlyForType(type: string): PropertyDecorator {
  return (target, property) => {
    RequiredForType(type)(target, property);
    IsAllowedForType(type)(target, property);
  };
}
