import { Validate, type ValidationOptions, type ValidatorConstraintInterface } from 'class-validator';
import { describeProperties } from './described-properties.js';

export * from './rule.interface.js';

type RuleClass = new () => ValidatorConstraintInterface;

/** Creates a property decorator that applies a rule class with its constraints. */
export function applyRule(
  rule: RuleClass,
  constraints: readonly unknown[] = [],
  options?: ValidationOptions,
): PropertyDecorator {
  const validate = Validate(rule, [...constraints], options);
  return (target, property) => {
    validate(target, property);
    describeProperties(target.constructor);
  };
}
