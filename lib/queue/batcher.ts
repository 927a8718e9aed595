import DataLoader from 'dataloader';

const MAX_BATCH_SIZE = 100;

/** The options of a batcher. */
export interface Batching {
  /**
   * Schedules a batch. `process.nextTick` runs it as soon as the current callback returns.
   *
   * @default setImmediate, at the end of the current turn of the event loop
   */
  schedule?: (run: () => void) => unknown;
  /** Maximum size of a batch. @default 100 */
  most?: number;
  /** Whether a batch waits for the previous one. @default false */
  serial?: boolean;
}

/**
 * Collects concurrent calls into batches, so that many need one round trip.
 *
 * @param work Returns one result for each item, in order. An `Error` rejects its item, and a rejection rejects all.
 */
export function createBatcher<Item, Result>(
  work: (items: readonly Item[]) => Promise<Result[]>,
  { schedule = setImmediate, most = MAX_BATCH_SIZE, serial = false }: Batching = {},
): (item: Item) => Promise<Result> {
  const batches = serial ? serially(work, schedule) : { work, schedule };
  const loader = new DataLoader<Item, Result>(batches.work, {
    cache: false,
    maxBatchSize: most,
    batchScheduleFn: (run) => batches.schedule(run),
  });
  return (item) => loader.load(item);
}

/** Starts a batch after the previous one, with all items that were added until then. */
function serially<Item, Result>(
  work: (items: readonly Item[]) => Promise<Result[]>,
  schedule: (run: () => void) => unknown,
) {
  let previous: Promise<unknown> = Promise.resolve();
  return {
    work: (items: readonly Item[]) => {
      const results = work(items);
      previous = results.catch(() => undefined);
      return results;
    },
    schedule: (run: () => void) => previous.then(() => schedule(run)),
  };
}
