import type { Issue } from '../errors/issue.js';
import type { MessageLimits } from '../message/limits.js';
import { compileCheck, type DtoCheck } from './dto-check.js';
import {
  argumentsOf,
  type DtoRules,
  holds,
  type NestedProperty,
  type ObjectArguments,
  ownValue,
  type PropertyRule,
  type PropertyRules,
  readRules,
} from './dto-rules.js';
import { isRecord } from './is-record.js';
import type { DtoClass } from './nested.decorator.js';
import { isLocatingRule, type RuleArguments } from './rule.js';

interface CompiledDto {
  rules: DtoRules;
  check: DtoCheck;
}

interface Visit {
  limits: MessageLimits | undefined;
  issues: Issue[];
}

/**
 * Checks values against the class-validator rules of a DTO class: plain objects as well as instances, all faults at
 * once, each with its path, unknown fields among them. class-validator's own run takes instances only, has one set of
 * limits, and reports a fault no deeper than its property.
 */
export class DtoValidator {
  private readonly compiled = new WeakMap<DtoClass, CompiledDto>();

  /** All faults of a value; empty where it is in order. `limits` are WhatsApp's own unless given. */
  validate(dto: DtoClass, value: unknown, limits?: MessageLimits, path = ''): Issue[] {
    return this.isInOrder(dto, value, limits) ? [] : this.findIssues(dto, value, limits, path);
  }

  /** Whether a value has no fault; at a fraction of the price of finding them. */
  isInOrder(dto: DtoClass, value: unknown, limits?: MessageLimits): boolean {
    return this.compile(dto).check(value, limits);
  }

  /** Goes through a value for its faults. */
  findIssues(dto: DtoClass, value: unknown, limits?: MessageLimits, path = ''): Issue[] {
    const visit: Visit = { limits, issues: [] };
    this.visitObject(dto, value, path, visit);
    return visit.issues;
  }

  /** Whether a class has any rules at all. */
  hasRules(dto: DtoClass): boolean {
    return this.compile(dto).rules.known.size > 0;
  }

  private compile(dto: DtoClass): CompiledDto {
    const known = this.compiled.get(dto);
    if (known) return known;
    const rules = readRules(dto);
    const compiled = { rules, check: compileCheck(rules, (nested) => this.compile(nested).check) };
    this.compiled.set(dto, compiled);
    return compiled;
  }

  private visitObject(dto: DtoClass, value: unknown, path: string, visit: Visit): void {
    if (!isRecord(value)) {
      visit.issues.push({ path, rule: 'isObject', message: `${nameOf(path)} must be an object` });
      return;
    }
    const { rules } = this.compile(dto);
    for (const key of Object.keys(value)) {
      if (!rules.known.has(key) && value[key] !== undefined) {
        const unknown = join(path, key);
        visit.issues.push({
          path: unknown,
          rule: 'unknownField',
          message: `${unknown} is not a field of ${rules.className}`,
        });
      }
    }
    const args = argumentsOf(rules, value, visit.limits);
    for (const property of rules.properties) this.visitProperty(property, args, path, visit);
  }

  private visitProperty(property: PropertyRules, args: ObjectArguments, path: string, visit: Visit): void {
    const { object } = args;
    const value = ownValue(object, property.name);
    if (!property.conditions.every((condition) => condition(object, value))) return;
    args.property = property.name;
    args.value = value;
    const propertyPath = join(path, property.name);
    for (const rule of property.rules) {
      if (holds(rule, args)) continue;
      if (isLocatingRule(rule.constraint)) {
        for (const fault of rule.constraint.faults(value, args)) {
          const faultPath = join(path, fault.path);
          visit.issues.push({ path: faultPath, rule: rule.name, message: explain(fault.message, faultPath, args) });
        }
      } else {
        const message = explain(messageOf(rule, args), propertyPath, args);
        visit.issues.push({ path: propertyPath, rule: rule.name, message });
      }
    }
    if (property.nested) this.visitNested(property.nested, value, propertyPath, visit);
  }

  private visitNested(nested: NestedProperty, value: unknown, path: string, visit: Visit): void {
    if (!nested.list) {
      if (!visit.issues.some((issue) => issue.path === path)) this.visitObject(nested.of(), value, path, visit);
    } else if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        this.visitObject(nested.of(), value[index], `${path}[${index}]`, visit);
      }
    }
  }
}

function messageOf(rule: PropertyRule, args: RuleArguments): string {
  const { message } = rule.metadata;
  if (typeof message === 'function') return message(args);
  return message || (rule.constraint.defaultMessage?.(args) ?? '$property is invalid');
}

// class-validator's own messages may name the value; ours never do.
function explain(message: string, path: string, args: RuleArguments): string {
  return message
    .replaceAll('$property', nameOf(path))
    .replaceAll('$value', 'the value')
    .replace(/\$constraint(\d+)/g, (_token, number) => String(args.constraints[Number(number) - 1]));
}

function join(path: string, key: string): string {
  if (path === '' || key === '') return path + key;
  return `${path}.${key}`;
}

function nameOf(path: string): string {
  return path === '' ? 'the message' : path;
}
