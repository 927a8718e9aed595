/** A command of the command line. */
export interface Command {
  usage: string;
  about: string;
  /**
   * Reads what follows the command's name, and gives the work, which resolves to what is to be printed.
   *
   * @throws Error with what is wrong with them.
   */
  prepare(values: string[], environment: Readonly<Record<string, string | undefined>>): () => Promise<string>;
}
