import { secretPattern } from '../secret-pattern.js';
import { Sealed } from './sealed.js';

const SHOWN = '[secret]';

/** A value that prints as `[secret]` wherever it is printed; `reveal()` is the one way to it. */
export class Secret extends Sealed<string> {
  #pattern: RegExp | undefined;

  constructor(value: string) {
    super(value, SHOWN);
  }

  /**
   * A text of somebody else's without the value, in whatever way it is written there.
   *
   * @internal
   */
  redact(text: string): string {
    this.#pattern ??= secretPattern(this.reveal());
    return text.replace(this.#pattern, SHOWN);
  }
}
