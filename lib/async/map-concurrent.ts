/** A source of items. @publicApi */
export type Source<T> = Iterable<T> | AsyncIterable<T>;

export interface MapConcurrentOptions {
  /** Maximum number of items in progress, including results that the consumer has not taken yet. */
  concurrency: number;
  /** Stops reading the source. The results of items in progress are still yielded. */
  signal?: AbortSignal | undefined;
}

/**
 * Processes the items of a source concurrently and yields the results in order of completion.
 *
 * Reads the source no faster than results are taken, so memory does not grow with it. If the source or the work throws,
 * no more items are started, and the error is thrown after those in progress.
 */
export async function* mapConcurrent<T, Result>(
  source: Source<T>,
  work: (item: T, index: number) => Promise<Result>,
  { concurrency, signal }: MapConcurrentOptions,
): AsyncGenerator<Result, void, undefined> {
  const items = iteratorOf(source);
  const ready: Result[] = [];
  let begun = 0;
  let inFlight = 0;
  let pulling = false;
  let exhausted = false;
  let failure: { error: unknown } | undefined;
  let wake = () => {};

  const isOver = () => exhausted || failure !== undefined || signal?.aborted === true;
  const hasRoom = () => !isOver() && inFlight + ready.length < concurrency;

  const begin = async (item: T) => {
    inFlight += 1;
    try {
      ready.push(await work(item, begun++));
    } catch (error) {
      failure ??= { error };
    }
    inFlight -= 1;
    wake();
  };

  const fill = async () => {
    pulling = true;
    try {
      while (hasRoom()) {
        const pulled = items.next();
        const next = 'then' in pulled ? await pulled : pulled;
        if (next.done) exhausted = true;
        else if (!isOver()) void begin(next.value);
      }
    } catch (error) {
      failure ??= { error };
    }
    pulling = false;
    wake();
  };

  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      if (!pulling && hasRoom()) void fill();
      const result = ready.shift();
      if (result !== undefined) yield result;
      else if (isOver() && inFlight === 0) break;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    if (failure) throw failure.error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Not awaited, because a source that waits for its next item would delay the end.
    if (!exhausted) Promise.resolve(items.return?.()).catch(() => undefined);
  }
}

/** Checks for an iterable object. A string is a single value. */
export function isSource(value: unknown): value is Source<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

function iteratorOf<T>(source: Source<T>): Iterator<T> | AsyncIterator<T> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}
