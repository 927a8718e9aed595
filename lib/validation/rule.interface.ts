import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import type { MessageLimits } from '../message/limits.js';
import type { RuleSchema } from './json-schema.interface.js';

/** What a rule is told: class-validator's arguments, and the module's limits where the module itself validates. */
export interface RuleArguments extends ValidationArguments {
  limits?: MessageLimits | undefined;
}

export interface LocatedIssue {
  /** From the object that holds the rule's property: `buttons[2].id`; `''` for that object itself. */
  path: string;
  message: string;
}

/**
 * A rule that knows where in the object the fault is; class-validator alone reports the property.
 */
export interface PathReportingRule extends ValidatorConstraintInterface {
  faults(value: unknown, args: RuleArguments): LocatedIssue[];
}

export function reportsPath(rule: ValidatorConstraintInterface): rule is PathReportingRule {
  return 'faults' in rule;
}

/** A rule that can say in JSON Schema what it asks for. A rule that cannot is told in words. */
export interface RuleWithSchema extends ValidatorConstraintInterface {
  schema(args: RuleArguments): RuleSchema;
}

export function isRuleWithSchema(rule: ValidatorConstraintInterface): rule is RuleWithSchema {
  return 'schema' in rule;
}
