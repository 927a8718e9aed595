import { inspect } from 'node:util';

/** A value that is not shown when the object is printed or serialized. `reveal()` returns it. */
export abstract class Sealed<Value> {
  readonly #value: Value;
  readonly #shown: string;

  /** @param shown The text that is printed instead. */
  protected constructor(value: Value, shown: string) {
    this.#value = value;
    this.#shown = shown;
  }

  /** Returns the value. Do not store it. */
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
