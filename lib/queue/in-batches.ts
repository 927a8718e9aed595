import DataLoader from 'dataloader';

const MOST_AT_ONCE = 100;

/**
 * Does together what is asked for at the same moment by many: one round trip in place of many. A lone request is not
 * held up.
 *
 * @param work Gives one result for each item, in their order; an `Error` rejects for its item, and a rejection for all.
 * @param schedule When. By default at the end of this turn of the event loop; by `process.nextTick` as soon as whoever
 * runs now has asked, where nobody else asks before that end.
 */
export function inBatches<Item, Result>(
  work: (items: readonly Item[]) => Promise<Result[]>,
  schedule: (run: () => void) => unknown = setImmediate,
): (item: Item) => Promise<Result> {
  const loader = new DataLoader<Item, Result>(work, {
    cache: false,
    maxBatchSize: MOST_AT_ONCE,
    batchScheduleFn: (run) => schedule(run),
  });
  return (item) => loader.load(item);
}
