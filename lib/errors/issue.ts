/** An issue of an input. It never contains the invalid value. @publicApi */
export interface Issue {
  /** Path within the input: `buttonActions[1].url`, `button_2_title`, `accounts[0].token`. Empty for the whole input. */
  path: string;
  /** The rule's name, such as `isText`, `maxCharacters`, `uniqueBy` or `unknownField`. */
  rule: string;
  /** What is wrong and what to do, including the path. */
  message: string;
}
