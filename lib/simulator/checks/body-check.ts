import { isJsonObject, type JsonObject } from '../json.js';

/**
 * The kind of rule that a body violates. Providers report them differently.
 *
 * - `missing`: a required field is absent or empty.
 * - `malformed`: a field has a wrong type, or is not one of the allowed values.
 * - `not-allowed`: a field is too long, has too many entries, or cannot be used here.
 * - `unknown`: the provider has no such field.
 */
export type BrokenRule = 'missing' | 'malformed' | 'not-allowed' | 'unknown';

/** An issue of a body. */
export interface BodyIssue {
  /** For example `buttonActions[1].url`. Empty for the whole body. */
  readonly path: string;
  readonly rule: BrokenRule;
  readonly message: string;
}

/** The rules of a string. Lengths count characters (Unicode code points). */
export interface TextRules {
  readonly maximum?: number;
  readonly pattern?: RegExp;
  /** Describes the pattern. */
  readonly expected?: string;
}

/** Reads the fields of a body and collects its issues. Invalid fields are read as empty. */
export class BodyCheck {
  constructor(
    private readonly body: JsonObject,
    private readonly path = '',
    readonly issues: BodyIssue[] = [],
  ) {}

  /** Reads a required, non-empty string. */
  text(name: string, rules: TextRules = {}): string {
    const value = this.optionalText(name, rules);
    if (!this.has(name)) this.addIssue(name, 'missing', 'is required');
    if (value === '') this.addIssue(name, 'missing', 'must not be empty');
    return value ?? '';
  }

  optionalText(name: string, rules: TextRules = {}): string | undefined {
    const value = this.optional(name, (given) => typeof given === 'string', 'a string');
    if (value === undefined) return undefined;
    const { maximum = Number.POSITIVE_INFINITY, pattern, expected = 'of another form' } = rules;
    // Counting characters is slow, so it is skipped if the length in UTF-16 units is small enough.
    if (value.length > maximum && [...value].length > maximum) {
      this.addIssue(name, 'not-allowed', `must have at most ${maximum} characters`);
    }
    if (value !== '' && pattern && !pattern.test(value)) this.addIssue(name, 'malformed', `must be ${expected}`);
    return value;
  }

  /** Reads several optional strings. Missing ones are left out. */
  optionalTexts<Name extends string>(...names: Name[]): { [N in Name]?: string } {
    const texts: { [N in Name]?: string } = {};
    for (const name of names) {
      const value = this.optionalText(name);
      if (value !== undefined) texts[name] = value;
    }
    return texts;
  }

  /** Reads one of several values. Returns undefined for any other. */
  word<T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.text(name);
    const word = values.find((one) => one === value);
    if (value !== '' && word === undefined) this.addIssue(name, 'malformed', `must be one of ${values.join(', ')}`);
    return word;
  }

  optionalWord<T extends string>(name: string, values: readonly T[]): T | undefined {
    return this.has(name) ? this.word(name, values) : undefined;
  }

  /** Reads one of the names in a table, and returns its entry. Returns undefined for any other. */
  entry<T>(name: string, table: Readonly<Record<string, T>>): T | undefined {
    const word = this.word(name, Object.keys(table));
    return word === undefined ? undefined : table[word];
  }

  number(name: string): number {
    return this.required(name, (given) => typeof given === 'number', 'a number') ?? 0;
  }

  optionalNumber(name: string, minimum: number, maximum: number): number | undefined {
    const value = this.optional(name, (given) => typeof given === 'number', 'a number');
    if (value !== undefined && (value < minimum || value > maximum)) {
      this.addIssue(name, 'not-allowed', `must be between ${minimum} and ${maximum}`);
    }
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.optional(name, (given) => typeof given === 'boolean', 'true or false');
  }

  /** Reads an object with any fields. */
  json(name: string): JsonObject {
    return this.required(name, isJsonObject, 'an object') ?? {};
  }

  optionalJson(name: string): JsonObject | undefined {
    return this.optional(name, isJsonObject, 'an object');
  }

  /** Returns any value. */
  value(name: string): unknown {
    return this.body[name];
  }

  /** Reads a required, non-empty list of strings. */
  texts(name: string): string[] {
    const value = this.body[name];
    const list: unknown[] = Array.isArray(value) ? value : [];
    if (list.length === 0) this.addIssue(name, 'missing', 'must be a list that is not empty');
    return list.flatMap((entry, index) => {
      if (typeof entry === 'string') return [entry];
      this.addIssue(`${name}[${index}]`, 'malformed', 'must be a string');
      return [];
    });
  }

  object(name: string): BodyCheck {
    const value = this.required(name, isJsonObject, 'an object');
    return value ? this.within(name, value) : new BodyCheck({});
  }

  optionalObject(name: string): BodyCheck | undefined {
    return this.has(name) ? this.object(name) : undefined;
  }

  /** Reads a required, non-empty list of objects. */
  objects(name: string, maximum = Number.POSITIVE_INFINITY): BodyCheck[] {
    const value = this.required(name, isList, 'a list');
    if (value?.length === 0) this.addIssue(name, 'not-allowed', 'must not be empty');
    return this.entries(name, value, maximum);
  }

  /** Reads a required list of objects, which may be empty. */
  listed(name: string): BodyCheck[] {
    return this.entries(name, this.required(name, isList, 'a list'));
  }

  /** Reads a list of objects, if it is given. */
  optionalListed(name: string): BodyCheck[] {
    return this.has(name) ? this.listed(name) : [];
  }

  /** Returns all fields, unchecked. */
  all(): JsonObject {
    return this.body;
  }

  has(name: string): boolean {
    return this.body[name] !== undefined;
  }

  names(): string[] {
    return Object.keys(this.body);
  }

  /** Adds an issue for every other field. */
  only(...names: string[]): void {
    for (const name of this.names()) {
      if (!names.includes(name)) this.addIssue(name, 'unknown', 'is not a known field');
    }
  }

  /** Adds an issue: of a field by its name and what it must be, of the whole body by `''` and a sentence. */
  addIssue(name: string, rule: BrokenRule, text: string): void {
    const path = this.pathOf(name);
    this.issues.push({ path, rule, message: path ? `${path} ${text}` : text });
  }

  private required<T>(name: string, fits: (value: unknown) => value is T, expected: string): T | undefined {
    if (!this.has(name)) this.addIssue(name, 'missing', 'is required');
    return this.optional(name, fits, expected);
  }

  private optional<T>(name: string, fits: (value: unknown) => value is T, expected: string): T | undefined {
    const value = this.body[name];
    if (value === undefined || fits(value)) return value;
    this.addIssue(name, 'malformed', `must be ${expected}`);
    return undefined;
  }

  private entries(name: string, list: readonly unknown[] = [], maximum = Number.POSITIVE_INFINITY): BodyCheck[] {
    if (list.length > maximum) this.addIssue(name, 'not-allowed', `must have at most ${maximum} entries`);
    return list.map((entry, index) => {
      if (isJsonObject(entry)) return this.within(`${name}[${index}]`, entry);
      this.addIssue(`${name}[${index}]`, 'malformed', 'must be an object');
      return new BodyCheck({});
    });
  }

  private within(name: string, body: JsonObject): BodyCheck {
    return new BodyCheck(body, this.pathOf(name), this.issues);
  }

  private pathOf(name: string): string {
    return this.path && name ? `${this.path}.${name}` : this.path || name;
  }
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
