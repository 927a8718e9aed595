import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import type { MessageLimits } from '../message/limits.js';
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
