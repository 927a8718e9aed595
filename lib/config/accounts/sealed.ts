import { inspect } from 'node:util';

/** A value that nobody sees by printing what holds it; `reveal()` is the one way to it. */
export abstract class Sealed<Value> {
  readonly #value: Value;
  readonly #shown: string;

  /** @param shown What is printed in its place. */
  protected constructor(value: Value, shown: string) {
    this.#value = value;
    this.#shown = shown;
  }

  /** The value. Keep it no longer than for the one use. */
  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return this.#shown;
  }

  toJSON(): string {
    return this.#shown;
  }

  [inspect.custom](): string {
    return this.#shown;
  }
}
