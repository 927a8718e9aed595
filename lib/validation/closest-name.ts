const MAX_NAME_LENGTH = 40;

/** Returns the name that was probably meant, or undefined if none is similar. */
export function closestName(given: string, names: Iterable<string>): string | undefined {
  if (given.length > MAX_NAME_LENGTH) return undefined;
  const maxDistance = Math.max(1, Math.floor(given.length / 3));
  let closest: { name: string; distance: number } | undefined;
  for (const name of names) {
    if (Math.abs(name.length - given.length) > maxDistance) continue;
    const distance = editsBetween(given.toLowerCase(), name.toLowerCase());
    if (distance <= maxDistance && (!closest || distance < closest.distance)) closest = { name, distance };
  }
  return closest?.name;
}

/** Returns a hint for a message about an unknown name. Empty if no name is similar. */
export function suggestionFor(given: string, names: Iterable<string>): string {
  const meant = closestName(given, names);
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}

/** The Damerau-Levenshtein distance: insertions, deletions, substitutions and swaps of letters. */
function editsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
