import { Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { describeProperties } from './described-properties.js';
import type { RuleSchema } from './json-schema.interface.js';
import type { LocatedIssue, RuleArguments } from './rule.interface.js';

export * from './rule.interface.js';

/** Accepts values of another type, which have a rule of their own, so that a value of the wrong type is one issue. */
type ValidateValue = (value: unknown, args: RuleArguments) => boolean;

/** Returns the issues of a value, if they have paths of their own. */
type FindIssues = (value: unknown, args: RuleArguments) => LocatedIssue[];

export type RuleDefinition = {
  /** The message, with class-validator's `$property`. */
  message: string | ((args: RuleArguments) => string);
  /** Without a JSON Schema, the message becomes a description. */
  schema?: (args: RuleArguments) => RuleSchema;
} & ({ validate: ValidateValue; issues?: undefined } | { validate?: ValidateValue; issues: FindIssues });

/** Creates a decorator from a rule. Its parameters are the rule's constraints. */
export function createRuleDecorator<Constraints extends readonly unknown[] = []>(
  name: string,
  definition: RuleDefinition,
): (...constraints: Constraints) => PropertyDecorator {
  const { message, schema, issues } = definition;
  class Rule implements ValidatorConstraintInterface {
    readonly validate = validateBy(definition);
    readonly defaultMessage = typeof message === 'string' ? () => message : message;
    readonly issues = issues;
    readonly schema = schema;
  }
  ValidatorConstraint({ name })(Rule);
  return (...constraints) => {
    const apply = Validate(Rule, [...constraints]);
    return (target, property) => {
      apply(target, property);
      describeProperties(target.constructor);
    };
  };
}

function validateBy({ validate, issues }: RuleDefinition): ValidateValue {
  if (validate) return validate;
  return (value, args) => issues === undefined || issues(value, args).length === 0;
}
