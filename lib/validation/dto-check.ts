import type { MessageLimits } from '../message/limits.js';
import {
  argumentsOf,
  type DtoRules,
  holds,
  type NestedProperty,
  type ObjectArguments,
  ownValue,
  type PropertyRule,
  type PropertyRules,
} from './dto-rules.js';
import { isRecord } from './is-record.js';
import type { DtoClass } from './nested.decorator.js';

/** Whether a value is valid. */
export type DtoCheck = (value: unknown, limits: MessageLimits | undefined) => boolean;

type PropertyCheck = (args: ObjectArguments) => boolean;

/**
 * Compiles the rules of a class into a check that stops at the first issue and does not report it.
 *
 * Most messages are valid. This takes 2.8 µs for them, twice a send, while collecting issues takes 3.7 µs.
 *
 * @param checkOf Returns the check of a nested class. Called when it is first needed.
 */
export function compileCheck(rules: DtoRules, checkOf: (dto: DtoClass) => DtoCheck): DtoCheck {
  const properties = rules.properties.map((property) => compileProperty(property, checkOf));
  return (value, limits) => {
    if (!isRecord(value)) return false;
    for (const key in value) {
      if (!rules.known.has(key) && value[key] !== undefined) return false;
    }
    const args = argumentsOf(rules, value, limits);
    for (const isValid of properties) {
      if (!isValid(args)) return false;
    }
    return true;
  };
}

function compileProperty(
  { name, conditions, needs, rules, nested }: PropertyRules,
  checkOf: (dto: DtoClass) => DtoCheck,
): PropertyCheck {
  const checkNested = nested && compileNested(nested, checkOf);
  const checks = rules.map(compileRule);
  const isOptional = needs.some(({ need }) => need === 'never');
  return (args) => {
    const { object } = args;
    const value = ownValue(object, name);
    if (value === undefined && isOptional) return true;
    for (const condition of conditions) {
      if (!condition(object, value)) return true;
    }
    args.property = name;
    args.value = value;
    for (const holdsFor of checks) {
      if (!holdsFor(args)) return false;
    }
    return checkNested === undefined || checkNested(value, args.limits);
  };
}

function compileRule(rule: PropertyRule): PropertyCheck {
  const { metadata, constraint } = rule;
  if (metadata.each || metadata.validateIf) return (args) => holds(rule, args);
  const { constraints } = metadata;
  return (args) => {
    args.constraints = constraints;
    return constraint.validate(args.value, args) === true;
  };
}

function compileNested({ of, list }: NestedProperty, checkOf: (dto: DtoClass) => DtoCheck): DtoCheck {
  let check: DtoCheck | undefined;
  const checkItem: DtoCheck = (item, limits) => {
    check ??= checkOf(of());
    return check(item, limits);
  };
  if (!list) return checkItem;
  // Another rule checks that it is an array.
  return (value, limits) => {
    if (!Array.isArray(value)) return true;
    for (let index = 0; index < value.length; index += 1) {
      if (!checkItem(value[index], limits)) return false;
    }
    return true;
  };
}
