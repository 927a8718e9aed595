import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { isRecord } from '../is-record.js';
import { type RuleSchema } from '../json-schema.interface.js';
import { RequiredForType } from '../requirement.js';
import {
  applyRule,
  type LocatedIssue,
  type PathReportingRule,
  type RuleArguments,
  type RuleWithSchema,
} from '../rule.js';

function sibling(args: RuleArguments, field: string): unknown {
  return isRecord(args.object) ? args.object[field] : undefined;
}

@ValidatorConstraint({ name: 'differsFrom' })
export class DiffersFromRule implements ValidatorConstraintInterface {
  validate(value: unknown, args: RuleArguments): boolean {
    return typeof value !== 'string' || args.constraints.every((field: string) => sibling(args, field) !== value);
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must differ from ${args.constraints.join(' and ')}`;
  }
}

/** A text that differs from these other fields of the object. */
export function DiffersFrom(...fields: string[]): PropertyDecorator {
  return applyRule(DiffersFromRule, fields);
}

@ValidatorConstraint({ name: 'exactlyOneOf' })
export class ExactlyOneOfRule implements PathReportingRule, RuleWithSchema {
  faults(_value: unknown, args: RuleArguments): LocatedIssue[] {
    if (this.validate(_value, args)) return [];
    return [{ path: '', message: this.defaultMessage(args).replace('$property', 'the message') }];
  }

  validate(_value: unknown, args: RuleArguments): boolean {
    return args.constraints.filter((field: string) => sibling(args, field) !== undefined).length === 1;
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must have exactly one of ${args.constraints.join(', ')}`;
  }

  schema(args: RuleArguments): RuleSchema {
    return { object: { oneOf: args.constraints.map((field: string) => ({ required: [field] })) } };
  }
}

/** Exactly one of these fields of the object is present. The issue is reported for the whole object. */
export function ExactlyOneOf(...fields: string[]): PropertyDecorator {
  return applyRule(ExactlyOneOfRule, fields);
}

@ValidatorConstraint({ name: 'hasOneOf' })
export class HasOneOfRule implements RuleWithSchema {
  validate(value: unknown, args: RuleArguments): boolean {
    if (!isRecord(value)) return true;
    return args.constraints.filter((field: string) => value[field] !== undefined).length === 1;
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must have exactly one of ${args.constraints.join(', ')}`;
  }

  schema(args: RuleArguments): RuleSchema {
    return { value: { oneOf: args.constraints.map((field: string) => ({ required: [field] })) } };
  }
}

/** The object in this property has exactly one of these fields. */
export function HasOneOf(...fields: string[]): PropertyDecorator {
  return applyRule(HasOneOfRule, fields);
}

@ValidatorConstraint({ name: 'onlyForType' })
export class OnlyForTypeRule implements RuleWithSchema {
  validate(_value: unknown, args: RuleArguments): boolean {
    return sibling(args, 'type') === args.constraints[0];
  }

  defaultMessage(args: RuleArguments): string {
    return `$property is only allowed when type is "${args.constraints[0]}"`;
  }

  schema(args: RuleArguments): RuleSchema {
    return { onlyForType: args.constraints[0] };
  }
}

/** A field that is required for this `type` and not allowed for others. */
export function OnlyForType(type: string): PropertyDecorator {
  return (target, property) => {
    RequiredForType(type)(target, property);
    applyRule(OnlyForTypeRule, [type])(target, property);
  };
}
