const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const SUBSCRIPTIONS = /\b(listen|unlisten)\s+("(?:[^"]|"")+"|\*|[\p{L}_][\p{L}\p{N}_$]*)/giu;
const COPY_FROM_CLIENT = /\bcopy\b[^;]*\bfrom\s+stdin\b/i;

/**
 * Returns the channels of LISTEN and UNLISTEN, normalized as PostgreSQL does. `*` means all.
 *
 * @param {string} sql
 * @returns {{ listens: boolean, channel: string }[]}
 */
export function subscriptionsIn(sql) {
  return [...sql.replace(COMMENTS, ' ').matchAll(SUBSCRIPTIONS)].map(([, command = '', name = '']) => ({
    listens: command.toLowerCase() === 'listen',
    channel: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase(),
  }));
}

/** Returns whether it contains COPY FROM STDIN. @param {string} sql */
export function copiesFromClient(sql) {
  return COPY_FROM_CLIENT.test(sql.replace(COMMENTS, ' '));
}

/** @param {string} name */
export function quoteIdentifier(name) {
  return `"${name.replaceAll('"', '""')}"`;
}
