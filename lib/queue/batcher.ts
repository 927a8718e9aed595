import DataLoader from 'dataloader';

const MAX_BATCH_SIZE = 100;

/** How things are done together. */
export interface Batching {
  /**
   * When. By default at the end of this turn of the event loop; by `process.nextTick` as soon as whoever runs now has
   * asked, where nobody else asks before that end.
   */
  schedule?: (run: () => void) => unknown;
  /** How many at most. Default: 100. */
  most?: number;
  /** Whether a batch waits until the one before is done. Default: false. */
  serial?: boolean;
}

/**
 * Does together what is asked for at the same moment by many: one round trip in place of many. A lone request is not
 * held up.
 *
 * @param work Gives one result for each item, in their order; an `Error` rejects for its item, and a rejection for all.
 */
export function createBatcher<Item, Result>(
  work: (items: readonly Item[]) => Promise<Result[]>,
  { schedule = setImmediate, most = MAX_BATCH_SIZE, serial: oneAtATime = false }: Batching = {},
): (item: Item) => Promise<Result> {
  const batches = oneAtATime ? serially(work, schedule) : { work, schedule };
  const loader = new DataLoader<Item, Result>(batches.work, {
    cache: false,
    maxBatchSize: most,
    batchScheduleFn: (run) => batches.schedule(run),
  });
  return (item) => loader.load(item);
}

/** A batch is begun when the one before is done, and takes in what is asked for until then. */
function serially<Item, Result>(
  work: (items: readonly Item[]) => Promise<Result[]>,
  schedule: (run: () => void) => unknown,
) {
  let before: Promise<unknown> = Promise.resolve();
  return {
    work: (items: readonly Item[]) => {
      const results = work(items);
      before = results.catch(() => undefined);
      return results;
    },
    schedule: (run: () => void) => before.then(() => schedule(run)),
  };
}
