/** A command of the command-line interface. */
export interface Command {
  usage: string;
  about: string;
  /**
   * Parses the arguments of the command.
   *
   * @returns The work, which resolves to the text to print.
   * @throws Error if the arguments are invalid.
   */
  prepare(values: string[], environment: Readonly<Record<string, string | undefined>>): () => Promise<string>;
}
