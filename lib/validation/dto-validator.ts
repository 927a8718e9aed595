import type { Issue } from '../errors/issue.js';
import type { MessageLimits } from '../message/limits.js';
import { type DtoProperty, type DtoRule, type NestedProperty, propertiesOf } from './dto-rules.js';
import { isRecord } from './is-record.js';
import type { DtoClass } from './nested.decorator.js';
import { isLocatingRule, type RuleArguments } from './rule.js';

interface CompiledClass {
  name: string;
  properties: DtoProperty[];
  known: Set<string>;
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
  private readonly compiled = new WeakMap<DtoClass, CompiledClass>();

  /** All faults of a value; empty where it is in order. `limits` are WhatsApp's own unless given. */
  validate(dto: DtoClass, value: unknown, limits?: MessageLimits, path = ''): Issue[] {
    const visit: Visit = { limits, issues: [] };
    this.visitObject(dto, value, path, visit);
    return visit.issues;
  }

  /** Whether a class has any rules at all. */
  hasRules(dto: DtoClass): boolean {
    return this.compile(dto).known.size > 0;
  }

  private visitObject(dto: DtoClass, value: unknown, path: string, visit: Visit): void {
    if (!isRecord(value)) {
      visit.issues.push({ path, rule: 'isObject', message: `${nameOf(path)} must be an object` });
      return;
    }
    const compiled = this.compile(dto);
    for (const key of Object.keys(value)) {
      if (!compiled.known.has(key) && value[key] !== undefined) {
        const unknown = join(path, key);
        visit.issues.push({
          path: unknown,
          rule: 'unknownField',
          message: `${unknown} is not a field of ${compiled.name}`,
        });
      }
    }
    for (const property of compiled.properties) this.visitProperty(compiled, property, value, path, visit);
  }

  private visitProperty(
    compiled: CompiledClass,
    property: DtoProperty,
    object: Record<string, unknown>,
    path: string,
    visit: Visit,
  ): void {
    const value = Object.hasOwn(object, property.name) ? object[property.name] : undefined;
    if (!property.conditions.every((condition) => condition(object, value))) return;
    const propertyPath = join(path, property.name);
    for (const rule of property.rules) {
      const args: RuleArguments = {
        targetName: compiled.name,
        property: property.name,
        object,
        value,
        constraints: rule.metadata.constraints,
        ...(visit.limits && { limits: visit.limits }),
      };
      if (holds(rule, value, args)) continue;
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

  private compile(dto: DtoClass): CompiledClass {
    const known = this.compiled.get(dto);
    if (known) return known;
    const properties = propertiesOf(dto);
    const compiled = { name: dto.name, properties, known: new Set(properties.map(({ name }) => name)) };
    this.compiled.set(dto, compiled);
    return compiled;
  }
}

function holds(rule: DtoRule, value: unknown, args: RuleArguments): boolean {
  if (rule.metadata.validateIf && !rule.metadata.validateIf(args.object, value)) return true;
  const items = rule.metadata.each && Array.isArray(value) ? value : [value];
  return items.every((item) => rule.constraint.validate(item, args) === true);
}

function messageOf(rule: DtoRule, args: RuleArguments): string {
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
