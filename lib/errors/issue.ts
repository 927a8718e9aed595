/** One fault in an input: where it is, which rule it breaks, and what to do. It never holds the faulty value. */
export interface Issue {
  /** As in the input: `buttonActions[1].url`, `button_2_title`, `accounts[0].token`; `''` for the whole. */
  path: string;
  /** The rule's name: `isString`, `maxCharacters`, `uniqueBy`, `unknownField`, … */
  rule: string;
  /** What is wrong, in words that name the path. */
  message: string;
}
