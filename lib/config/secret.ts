import { inspect } from 'node:util';

const SEALED = '[secret]';

/** A value that prints as `[secret]` wherever it is printed; `reveal()` is the one way to it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value. Keep it no longer than for the one use. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SEALED;
  }

  toJSON(): string {
    return SEALED;
  }

  [inspect.custom](): string {
    return SEALED;
  }
}
