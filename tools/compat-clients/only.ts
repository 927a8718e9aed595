/** Returns the only item of a list. */
export function only<T>(items: readonly T[] | undefined): T {
  const [item, ...others] = items ?? [];
  if (item === undefined || others.length > 0) throw new Error(`One item expected, ${items?.length ?? 0} found`);
  return item;
}
