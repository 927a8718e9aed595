import DataLoader from 'dataloader';

const MOST_AT_ONCE = 100;

/**
 * Does together what is asked for at the same moment by many: one round trip in place of many. A lone request is not
 * held up.
 *
 * @param work Gives one result for each item, in their order; where it rejects, so does everything that was in it.
 * @param schedule When: as soon as whoever runs now has asked, or, by `setImmediate`, at the end of this turn of the
 * event loop, for those who know nothing of each other.
 */
export function inBatches<Item, Result>(
  work: (items: readonly Item[]) => Promise<Result[]>,
  schedule: (run: () => void) => unknown = process.nextTick,
): (item: Item) => Promise<Result> {
  const loader = new DataLoader<Item, Result>(work, {
    cache: false,
    maxBatchSize: MOST_AT_ONCE,
    batchScheduleFn: (run) => schedule(run),
  });
  return (item) => loader.load(item);
}
