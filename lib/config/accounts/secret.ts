import { secretPattern } from '../secret-pattern.js';
import { Sealed } from './sealed.js';

const SHOWN = '[secret]';

/** A value that prints as `[secret]`. `reveal()` returns it. @publicApi */
export class Secret extends Sealed<string> {
  #pattern: RegExp | undefined;

  constructor(value: string) {
    super(value, SHOWN);
  }

  /** Removes the value from a text, in any encoding. @internal */
  redact(text: string): string {
    this.#pattern ??= secretPattern(this.reveal());
    return text.replace(this.#pattern, SHOWN);
  }
}
