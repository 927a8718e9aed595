/** What handlers throw while a test waits for them. */
export class HandlerFailures {
  private readonly waiting = new Map<unknown, unknown[]>();

  /**
   * From now on failures are kept for whoever waits for this event.
   *
   * @param raw The event's own: every event that comes of it has the same.
   * @returns Ends it, and throws the handler's error; an AggregateError of several.
   */
  listen(raw: unknown): () => void {
    const errors: unknown[] = [];
    this.waiting.set(raw, errors);
    return () => {
      this.waiting.delete(raw);
      if (errors.length > 1)
        throw new AggregateError(errors, `${errors.length} handlers failed: ${errors.map(textOf).join('; ')}`);
      if (errors.length === 1) throw errors[0];
    };
  }

  /** A handler of an earlier event may have gone on because of this one, so whoever waits hears of that, too. */
  note(error: unknown, raw: unknown): void {
    const own = this.waiting.get(raw);
    for (const errors of own ? [own] : this.waiting.values()) errors.push(error);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
