import {
  Validate,
  type ValidationArguments,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { MessageLimits } from '../message/limits.js';
import { describeProperties } from './described-properties.js';
import type { RuleSchema } from './json-schema.interface.js';

/** class-validator's arguments, and the limits of the module if the module itself validates. */
export interface RuleArguments extends ValidationArguments {
  limits?: MessageLimits | undefined;
}

export interface LocatedIssue {
  /** Relative to the object with the rule's property, such as `buttons[2].id`. Empty for the object itself. */
  path: string;
  message: string;
}

/** A rule that knows the path of an issue. class-validator reports only the property. */
export interface PathReportingRule extends ValidatorConstraintInterface {
  issues(value: unknown, args: RuleArguments): LocatedIssue[];
}

/** A rule with a JSON Schema. The message of any other rule becomes a description. */
export interface RuleWithSchema extends ValidatorConstraintInterface {
  schema(args: RuleArguments): RuleSchema;
}

export type RuleDefinition = {
  /** The message, with class-validator's `$property`. */
  message: string | ((args: RuleArguments) => string);
  /** Without a JSON Schema, the message becomes a description. */
  schema?: RuleWithSchema['schema'];
} & (
  | {
      /** Accepts values of another type, which have a rule of their own, so that a value of the wrong type is one issue. */
      validate: (value: unknown, args: RuleArguments) => boolean;
      issues?: undefined;
    }
  | {
      /** Returns the issues of a value, if they have paths of their own. */
      issues: PathReportingRule['issues'];
    }
);

/** Creates a decorator from a rule. Its parameters are the rule's constraints. */
export function createRuleDecorator<Constraints extends readonly unknown[] = []>(
  name: string,
  definition: RuleDefinition,
): (...constraints: Constraints) => PropertyDecorator {
  const { message, schema, issues } = definition;
  class Rule implements ValidatorConstraintInterface {
    readonly validate = issues
      ? (value: unknown, args: RuleArguments) => issues(value, args).length === 0
      : definition.validate;
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
