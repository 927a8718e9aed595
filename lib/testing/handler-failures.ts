/** Collects errors of handlers while a test waits for them. */
export class HandlerFailures {
  private readonly waiting = new Map<unknown, unknown[]>();

  /**
   * Collects errors of the handlers of an event.
   *
   * @param raw The event's `raw`, which all events of the same webhook share.
   * @returns A function that stops, and throws the handler's error, or an AggregateError of several.
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

  /** Adds an error. A handler of an earlier event may have continued because of this one, so its errors count, too. */
  note(error: unknown, raw: unknown): void {
    const own = this.waiting.get(raw);
    for (const errors of own ? [own] : this.waiting.values()) errors.push(error);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
