/** What is gone through one by one. */
export type Source<T> = Iterable<T> | AsyncIterable<T>;

export interface MapConcurrentOptions {
  /** Items worked on at a time, those included whose results nobody has taken yet. */
  concurrency: number;
  /** Takes nothing more from the source; what is being worked on is still yielded. */
  signal?: AbortSignal | undefined;
}

/**
 * Works on the items of a source, so many at a time, and yields the results as they come. The source is read no faster
 * than results are taken, so memory does not grow with it. Where the source or the work throws, nothing more is begun,
 * and the error is thrown after what was being worked on.
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

  const end = () => {
    inFlight -= 1;
    wake();
  };
  const succeed = (result: Result) => {
    ready.push(result);
    end();
  };
  const fail = (error: unknown) => {
    failure ??= { error };
    end();
  };

  const begin = (item: T) => {
    inFlight += 1;
    work(item, begun++).then(succeed, fail);
  };

  const fill = async () => {
    pulling = true;
    try {
      while (hasRoom()) {
        const pulled = items.next();
        const next = 'then' in pulled ? await pulled : pulled;
        if (next.done) exhausted = true;
        else if (!isOver()) begin(next.value);
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
    // Not awaited: a source that is waiting for its next item would hold up the end.
    if (!exhausted) Promise.resolve(items.return?.()).catch(() => undefined);
  }
}

/** Whether something can be gone through. A text is one thing, not its characters. */
export function isSource(value: unknown): value is Source<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

function iteratorOf<T>(source: Source<T>): Iterator<T> | AsyncIterator<T> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}
