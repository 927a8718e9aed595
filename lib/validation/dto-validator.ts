import type { Issue } from '../errors/issue.js';
import type { MessageLimits } from '../message/limits.js';
import { oneLine } from '../telemetry/one-line.js';
import { closestName } from './closest-name.js';
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
import { IssueList } from './issue-list.js';
import type { DtoClass } from './nested.decorator.js';
import { type RuleArguments, reportsPath } from './rule.js';

interface CompiledDto {
  rules: DtoRules;
  check: DtoCheck;
}

interface Visit {
  limits: MessageLimits | undefined;
  issues: IssueList;
}

/** A list that is longer is not gone through: a stranger may have written it. */
const STOPS_VALIDATION: readonly string[] = ['isList', 'maxItems'];

/** Field names can be of any length; paths and messages must not. */
const MAX_NAME_LENGTH = 64;

const MAX_SUGGESTIONS = 10;

/**
 * Checks values against the class-validator rules of a DTO class: plain objects as well as instances, all faults at
 * once, each with its path, unknown fields among them. class-validator's own run takes instances only, has one set of
 * limits, and reports a fault no deeper than its property.
 */
export class DtoValidator {
  private readonly compiled = new WeakMap<DtoClass, CompiledDto>();

  /** @param rulesOf Which rules of a class are held against values. Default: all of them. */
  constructor(private readonly rulesOf: (dto: DtoClass) => DtoRules = readRules) {}

  /**
   * The faults of a value; empty where it is in order. At most 100 are listed, and then one of the rule `moreIssues` says
   * how many more there are. A list over its maximum is one fault. `limits` are WhatsApp's own unless given.
   */
  validate(dto: DtoClass, value: unknown, limits?: MessageLimits, path = ''): Issue[] {
    return this.isInOrder(dto, value, limits) ? [] : this.findIssues(dto, value, limits, path);
  }

  /** Whether a value has no fault; at a fraction of the price of finding them. */
  isInOrder(dto: DtoClass, value: unknown, limits?: MessageLimits): boolean {
    return this.compile(dto).check(value, limits);
  }

  /** Goes through a value for its faults. */
  findIssues(dto: DtoClass, value: unknown, limits?: MessageLimits, path = ''): Issue[] {
    const visit: Visit = { limits, issues: new IssueList() };
    this.visitObject(dto, value, path, visit);
    return visit.issues.toArray();
  }

  /** Whether a class has any rules at all. */
  hasRules(dto: DtoClass): boolean {
    return this.compile(dto).rules.known.size > 0;
  }

  /** The names of all fields that a class knows. */
  fieldsOf(dto: DtoClass): string[] {
    return [...this.compile(dto).rules.known];
  }

  private compile(dto: DtoClass): CompiledDto {
    const known = this.compiled.get(dto);
    if (known) return known;
    const rules = this.rulesOf(dto);
    const compiled = { rules, check: compileCheck(rules, (nested) => this.compile(nested).check) };
    this.compiled.set(dto, compiled);
    return compiled;
  }

  private visitObject(dto: DtoClass, value: unknown, path: string, visit: Visit): void {
    if (!isRecord(value)) {
      visit.issues.add(path, 'isObject', () => `${nameOf(path)} must be an object`);
      return;
    }
    const { rules } = this.compile(dto);
    for (const key of Object.keys(value)) {
      if (rules.known.has(key) || value[key] === undefined) continue;
      const unknown = join(path, shown(key));
      // To find what was meant takes time: whoever has many unknown fields has not misspelt them.
      const meant = visit.issues.size < MAX_SUGGESTIONS ? closestName(key, rules.known) : undefined;
      visit.issues.add(unknown, 'unknownField', () => unknownField(unknown, meant));
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
      if (reportsPath(rule.constraint)) {
        for (const fault of rule.constraint.faults(value, args)) {
          const faultPath = join(path, fault.path);
          visit.issues.add(faultPath, rule.name, () => explain(fault.message, faultPath, args));
        }
      } else {
        visit.issues.add(propertyPath, rule.name, () => explain(messageOf(rule, args), propertyPath, args));
      }
      if (STOPS_VALIDATION.includes(rule.name)) return;
    }
    if (property.nested) this.visitNested(property.nested, value, propertyPath, visit);
  }

  private visitNested(nested: NestedProperty, value: unknown, path: string, visit: Visit): void {
    if (!nested.list) {
      if (!visit.issues.hasIssueAt(path)) this.visitObject(nested.of(), value, path, visit);
    } else if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        this.visitObject(nested.of(), value[index], `${path}[${index}]`, visit);
      }
    }
  }
}

/** In words that name no class: the user has written none. */
function unknownField(path: string, meant: string | undefined): string {
  return `${oneLine(path)} is unknown${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
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

/** A name as a stranger wrote it, fit for a log: short, and without control characters. */
function shown(name: string): string {
  const short = name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
  return short.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

function nameOf(path: string): string {
  return path === '' ? 'the message' : path;
}
