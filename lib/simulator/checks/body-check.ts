import { isJsonObject, type JsonObject } from '../json.js';

/**
 * Which kind of rule a body breaks, as the providers word and number these differently.
 *
 * - `missing`: a required field is not there, or is empty.
 * - `malformed`: a field is of the wrong type, or is not one of the words allowed.
 * - `not-allowed`: it is well formed, but too long, too many, or not to be used so.
 * - `unknown`: a field that the provider does not know.
 */
export type BrokenRule = 'missing' | 'malformed' | 'not-allowed' | 'unknown';

/** One fault in a body. */
export interface BodyIssue {
  /** `buttonActions[1].url`; `''` for the whole. */
  readonly path: string;
  readonly rule: BrokenRule;
  readonly message: string;
}

/** What a text must be. Lengths count characters (Unicode code points). */
export interface TextRules {
  readonly maximum?: number;
  readonly pattern?: RegExp;
  /** Says in words what the pattern asks for. */
  readonly expected?: string;
}

/** Reads a body field by field and notes every fault on the way; what is faulty reads as empty. */
export class BodyCheck {
  constructor(
    private readonly body: JsonObject,
    private readonly path = '',
    readonly faults: BodyIssue[] = [],
  ) {}

  /** A text that must be there and must not be empty. */
  text(name: string, rules: TextRules = {}): string {
    const value = this.optionalText(name, rules);
    if (value === undefined && this.body[name] === undefined) this.refuse(name, 'missing', 'is required');
    if (value === '') this.refuse(name, 'missing', 'must not be empty');
    return value ?? '';
  }

  optionalText(name: string, rules: TextRules = {}): string | undefined {
    const value = this.body[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string') {
      this.refuse(name, 'malformed', 'must be a string');
      return undefined;
    }
    const { maximum = Number.POSITIVE_INFINITY, pattern, expected = 'of another form' } = rules;
    // Counting characters walks the whole text, so it is done only where the cheaper length leaves a doubt.
    if (value.length > maximum && [...value].length > maximum) {
      this.refuse(name, 'not-allowed', `must have at most ${maximum} characters`);
    }
    if (value !== '' && pattern && !pattern.test(value)) this.refuse(name, 'malformed', `must be ${expected}`);
    return value;
  }

  /** One of a few words; undefined where it is none of them. */
  word<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.text(name);
    const word = words.find((known) => known === value);
    if (value !== '' && word === undefined) this.refuse(name, 'malformed', `must be one of ${words.join(', ')}`);
    return word;
  }

  optionalNumber(name: string, minimum: number, maximum: number): number | undefined {
    const value = this.body[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'number') {
      this.refuse(name, 'malformed', 'must be a number');
      return undefined;
    }
    if (value < minimum || value > maximum) {
      this.refuse(name, 'not-allowed', `must be between ${minimum} and ${maximum}`);
    }
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.body[name];
    if (value === undefined || typeof value === 'boolean') return value;
    this.refuse(name, 'malformed', 'must be true or false');
    return undefined;
  }

  /** An object whose names and values are anything. */
  json(name: string): JsonObject {
    const value = this.optionalJson(name);
    if (!this.has(name)) this.refuse(name, 'missing', 'is required');
    return value ?? {};
  }

  optionalJson(name: string): JsonObject | undefined {
    const value = this.body[name];
    if (value === undefined || isJsonObject(value)) return value;
    this.refuse(name, 'malformed', 'must be an object');
    return undefined;
  }

  number(name: string): number {
    if (!this.has(name)) this.refuse(name, 'missing', 'is required');
    return this.optionalNumber(name, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY) ?? 0;
  }

  /** What is there, whatever it is. */
  value(name: string): unknown {
    return this.body[name];
  }

  /** A list of texts that must be there and must not be empty. */
  texts(name: string): string[] {
    const value = this.body[name];
    const list: unknown[] = Array.isArray(value) ? value : [];
    if (list.length === 0) this.refuse(name, 'missing', 'must be a list that is not empty');
    return list.flatMap((entry, index) => {
      if (typeof entry === 'string') return [entry];
      this.refuse(`${name}[${index}]`, 'malformed', 'must be a string');
      return [];
    });
  }

  object(name: string): BodyCheck {
    const value = this.body[name];
    if (isJsonObject(value)) return this.within(name, value);
    this.refuse(
      name,
      value === undefined ? 'missing' : 'malformed',
      value === undefined ? 'is required' : 'must be an object',
    );
    return new BodyCheck({});
  }

  optionalObject(name: string): BodyCheck | undefined {
    return this.has(name) ? this.object(name) : undefined;
  }

  /** A list of objects that must be there and must not be empty. */
  objects(name: string, maximum = Number.POSITIVE_INFINITY): BodyCheck[] {
    const value = this.body[name];
    if (!Array.isArray(value)) {
      this.refuse(
        name,
        value === undefined ? 'missing' : 'malformed',
        value === undefined ? 'is required' : 'must be a list',
      );
      return [];
    }
    if (value.length === 0) this.refuse(name, 'not-allowed', 'must not be empty');
    if (value.length > maximum) this.refuse(name, 'not-allowed', `must have at most ${maximum} entries`);
    return value.map((entry: unknown, index) => {
      if (isJsonObject(entry)) return this.within(`${name}[${index}]`, entry);
      this.refuse(`${name}[${index}]`, 'malformed', 'must be an object');
      return new BodyCheck({});
    });
  }

  /** A list of objects that must be there and may be empty. */
  listed(name: string): BodyCheck[] {
    const value = this.body[name];
    return Array.isArray(value) && value.length === 0 ? [] : this.objects(name);
  }

  has(name: string): boolean {
    return this.body[name] !== undefined;
  }

  names(): string[] {
    return Object.keys(this.body);
  }

  /** Refuses every field that is not among these. */
  only(...names: string[]): void {
    for (const name of this.names()) {
      if (!names.includes(name)) this.refuse(name, 'unknown', 'is not a known field');
    }
  }

  /** Notes a fault: of a field by its name and what it must be, of the whole by `''` and a sentence. */
  refuse(name: string, rule: BrokenRule, words: string): void {
    const path = this.pathOf(name);
    this.faults.push({ path, rule, message: path ? `${path} ${words}` : words });
  }

  private within(name: string, body: JsonObject): BodyCheck {
    return new BodyCheck(body, this.pathOf(name), this.faults);
  }

  private pathOf(name: string): string {
    return this.path && name ? `${this.path}.${name}` : this.path || name;
  }
}
