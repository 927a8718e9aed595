import type { ValidatorConstraintInterface } from 'class-validator';
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
import type { PathReportingRule, RuleArguments } from './rule.interface.js';

interface CompiledDto {
  rules: DtoRules;
  check: DtoCheck;
}

interface Visit {
  limits: MessageLimits | undefined;
  issues: IssueList;
}

/** Rules that stop validation, so that a list of any length from a webhook or controller costs nothing. */
const STOPS_VALIDATION: readonly string[] = ['isList', 'maxItems'];

/** Field names may have any length. Paths and messages must not. */
const MAX_NAME_LENGTH = 64;

const MAX_SUGGESTIONS = 10;

/**
 * Validates values with the class-validator rules of a DTO class.
 *
 * Unlike class-validator itself, it accepts plain objects, uses the limits of the module, and reports every issue with
 * its full path, including unknown fields.
 */
export class DtoValidator {
  private readonly compiled = new WeakMap<DtoClass, CompiledDto>();

  /** @param rulesOf Selects the rules of a class. By default all apply. */
  constructor(private readonly rulesOf: (dto: DtoClass) => DtoRules = readRules) {}

  /**
   * Returns the issues of a value, or an empty array if it is valid.
   *
   * Lists at most 100 issues, followed by one of the rule `moreIssues` with the number of others. A list that is too long
   * is one issue.
   *
   * @param limits Default: WhatsApp's limits.
   */
  validate(dto: DtoClass, value: unknown, limits?: MessageLimits, path = ''): Issue[] {
    return this.isInOrder(dto, value, limits) ? [] : this.findIssues(dto, value, limits, path);
  }

  /** Checks whether a value is valid, without collecting issues. */
  isInOrder(dto: DtoClass, value: unknown, limits?: MessageLimits): boolean {
    return this.compile(dto).check(value, limits);
  }

  /** Collects the issues of a value. */
  findIssues(dto: DtoClass, value: unknown, limits?: MessageLimits, path = ''): Issue[] {
    const visit: Visit = { limits, issues: new IssueList() };
    this.visitObject(dto, value, path, visit);
    return visit.issues.toArray();
  }

  /** Whether a class has any rules. */
  hasRules(dto: DtoClass): boolean {
    return this.compile(dto).rules.known.size > 0;
  }

  /** Returns the names of a class's fields. */
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
      // Suggestions are slow, and an object with many unknown fields contains no typing errors.
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
        for (const located of rule.constraint.issues(value, args)) {
          const issuePath = join(path, located.path);
          visit.issues.add(issuePath, rule.name, () => explain(located.message, issuePath, args));
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

function reportsPath(rule: ValidatorConstraintInterface): rule is PathReportingRule {
  return 'issues' in rule && rule.issues !== undefined;
}

/** Contains no class name, because users do not know it. */
function unknownField(path: string, meant: string | undefined): string {
  return `${oneLine(path)} is unknown${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
}

function messageOf(rule: PropertyRule, args: RuleArguments): string {
  const { message } = rule.metadata;
  if (typeof message === 'function') return message(args);
  return message || (rule.constraint.defaultMessage?.(args) ?? '$property is invalid');
}

// class-validator's own messages may contain the value. Ours never do.
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

/** Returns a name from untrusted input for a log line: short, and without control characters. */
function shown(name: string): string {
  const short = name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
  return short.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

function nameOf(path: string): string {
  return path === '' ? 'the message' : path;
}
