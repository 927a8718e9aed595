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

/** Whether a value is in order. */
export type DtoCheck = (value: unknown, limits: MessageLimits | undefined) => boolean;

type PropertyCheck = (args: ObjectArguments) => boolean;

/**
 * Makes a check of the rules of a class. It ends at the first fault and does not say which: most messages have none, and
 * need neither paths nor words.
 *
 * @param checkOf The check of a nested class, asked for when it is first needed.
 */
export function compileCheck(rules: DtoRules, checkOf: (dto: DtoClass) => DtoCheck): DtoCheck {
  const properties = rules.properties.map((property) => compileProperty(property, checkOf));
  return (value, limits) => {
    if (!isRecord(value)) return false;
    for (const key in value) {
      if (!rules.known.has(key) && value[key] !== undefined) return false;
    }
    const args = argumentsOf(rules, value, limits);
    for (const isInOrder of properties) {
      if (!isInOrder(args)) return false;
    }
    return true;
  };
}

function compileProperty(
  { name, conditions, needs, rules, nested }: PropertyRules,
  checkOf: (dto: DtoClass) => DtoCheck,
): PropertyCheck {
  const checkNested = nested && compileNested(nested, checkOf);
  const kept = rules.map(compileRule);
  const mayBeOmitted = needs.some(({ need }) => need === 'never');
  return (args) => {
    const { object } = args;
    const value = ownValue(object, name);
    if (value === undefined && mayBeOmitted) return true;
    for (const condition of conditions) {
      if (!condition(object, value)) return true;
    }
    args.property = name;
    args.value = value;
    for (const isKept of kept) {
      if (!isKept(args)) return false;
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
  // That a list is a list is the business of a rule.
  return (value, limits) => {
    if (!Array.isArray(value)) return true;
    for (let index = 0; index < value.length; index += 1) {
      if (!checkItem(value[index], limits)) return false;
    }
    return true;
  };
}
