import type { ValidatorConstraintInterface } from 'class-validator';
import type { Issue } from '../errors/issue.js';
import type { MessageLimits } from '../message/limits.js';
import { oneLine } from '../telemetry/one-line.js';
import { suggestionFor } from './closest-name.js';
import {
  type DtoClass,
  type DtoRules,
  type NestedProperty,
  type PropertyRule,
  type PropertyRules,
  readRules,
} from './dto-rules.js';
import { isRecord } from './is-record.js';
import { isOpenField } from './open-fields.js';
import type { PathReportingRule, RuleArguments } from './rule.js';

/** Rules that stop validation, so that a list of any length from a webhook or controller costs nothing. */
const STOPS_VALIDATION: readonly string[] = ['isList', 'maxItems'];

/** Field names may have any length. Paths and messages must not. */
const MAX_NAME_LENGTH = 64;

const MAX_ISSUES = 100;

const MAX_SUGGESTIONS = 10;

/**
 * Validates values with the class-validator rules of a DTO class.
 *
 * Unlike class-validator itself, it accepts plain objects, uses the limits of the module, and reports every issue with
 * its full path, including unknown fields.
 */
export class DtoValidator {
  private readonly known = new WeakMap<DtoClass, DtoRules>();

  /** @param readRulesOf Selects the rules of a class. By default all apply. */
  constructor(private readonly readRulesOf: (dto: DtoClass) => DtoRules = readRules) {}

  /**
   * Returns the issues of a value, or an empty array if it is valid.
   *
   * Lists at most 100 issues, followed by one of the rule `moreIssues` with the number of others. A list that is too long
   * is one issue.
   *
   * @param limits Default: WhatsApp's limits.
   */
  validate(dto: DtoClass, value: unknown, limits?: MessageLimits, path = ''): Issue[] {
    const visit = new Visit(limits);
    this.visitObject(dto, value, path, visit);
    return visit.result();
  }

  /** Returns the names of a class's fields. */
  fieldsOf(dto: DtoClass): string[] {
    return [...this.rulesOf(dto).known];
  }

  private rulesOf(dto: DtoClass): DtoRules {
    const known = this.known.get(dto);
    if (known) return known;
    const rules = this.readRulesOf(dto);
    this.known.set(dto, rules);
    return rules;
  }

  private visitObject(dto: DtoClass, value: unknown, path: string, visit: Visit): void {
    if (!isRecord(value)) {
      visit.add(path, 'isObject', () => `${nameOf(path)} must be an object`);
      return;
    }
    const rules = this.rulesOf(dto);
    for (const key of Object.keys(value)) {
      if (rules.known.has(key) || value[key] === undefined || isOpenField(key, rules.prefixes)) continue;
      visit.addUnknown(key, path, rules);
    }
    // Every message is validated twice, so its properties share one object.
    const { limits } = visit;
    const args: ObjectArguments = {
      targetName: dto.name,
      property: '',
      object: value,
      value: undefined,
      constraints: [],
      limits,
    };
    for (const property of rules.properties) this.visitProperty(property, args, path, visit);
  }

  private visitProperty(
    { name, conditions, rules, nested }: PropertyRules,
    args: ObjectArguments,
    path: string,
    visit: Visit,
  ): void {
    const { object } = args;
    // Inherited values are ignored.
    const value = object[name] !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
    for (const condition of conditions) if (!condition(object, value)) return;
    args.property = name;
    args.value = value;
    for (const rule of rules) {
      args.constraints = rule.metadata.constraints;
      if (holds(rule, args)) continue;
      visit.addFailed(rule, args, path);
      if (STOPS_VALIDATION.includes(rule.name)) return;
    }
    if (nested) this.visitNested(nested, value, join(path, name), visit);
  }

  private visitNested({ of, list }: NestedProperty, value: unknown, path: string, visit: Visit): void {
    if (!list) {
      if (!visit.hasIssueAt(path)) this.visitObject(of(), value, path, visit);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => void this.visitObject(of(), item, `${path}[${index}]`, visit));
    }
  }
}

/** The arguments of the rules of one object. Each property changes them. */
interface ObjectArguments extends RuleArguments {
  object: Record<string, unknown>;
}

/** One validation. Keeps the first 100 issues and counts the others, so that responses stay small. */
class Visit {
  private readonly issues: Issue[] = [];
  private unlisted = 0;

  constructor(readonly limits: MessageLimits | undefined) {}

  /** Adds the issues of a rule. Apart from the loop over rules, because its closures would cost every valid value. */
  addFailed(rule: PropertyRule, args: RuleArguments, path: string): void {
    if (!reportsPath(rule.constraint)) {
      const property = join(path, args.property);
      this.add(property, rule.name, () => explain(messageOf(rule, args), property, args));
      return;
    }
    for (const located of rule.constraint.issues(args.value, args)) {
      const issuePath = join(path, located.path);
      this.add(issuePath, rule.name, () => explain(located.message, issuePath, args));
    }
  }

  /** Adds the issue of a field that the class does not have. */
  addUnknown(key: string, path: string, { known }: DtoRules): void {
    const unknown = join(path, shown(key));
    // Suggestions are slow, and an object with many unknown fields contains no typing errors.
    const suggestion = this.size < MAX_SUGGESTIONS ? suggestionFor(key, known) : '';
    // Contains no class name, because users do not know it.
    this.add(unknown, 'unknownField', () => `${oneLine(unknown)} is unknown${suggestion}`);
  }

  /** @param explain Called only for issues that are listed. */
  add(path: string, rule: string, explain: () => string): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push({ path, rule, message: explain() });
    else this.unlisted += 1;
  }

  /** The number of issues, listed or not. */
  get size(): number {
    return this.issues.length + this.unlisted;
  }

  hasIssueAt(path: string): boolean {
    return this.issues.some((issue) => issue.path === path);
  }

  /** Returns the issues, followed by one with the number of those that are not listed. */
  result(): Issue[] {
    if (this.unlisted === 0) return this.issues;
    const message = `${this.unlisted} more ${this.unlisted === 1 ? 'issue is' : 'issues are'} not listed`;
    return [...this.issues, { path: '', rule: 'moreIssues', message }];
  }
}

/** Checks a rule for the value of its property, or for each item if the rule applies to items. */
function holds({ metadata, constraint }: PropertyRule, args: RuleArguments): boolean {
  const { object, value } = args;
  if (metadata.validateIf && !metadata.validateIf(object, value)) return true;
  if (!metadata.each || !Array.isArray(value)) return constraint.validate(value, args) === true;
  return value.every((item) => constraint.validate(item, args) === true);
}

function reportsPath(rule: ValidatorConstraintInterface): rule is PathReportingRule {
  return 'issues' in rule && rule.issues !== undefined;
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

/** Returns the path of a property. */
export function join(path: string, key: string): string {
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
