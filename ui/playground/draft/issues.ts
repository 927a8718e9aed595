import type { Preview } from '../client/playground-client.js';

export type DraftIssue = Preview['issues'][number];

/** Returns the issues of a message by path. They are the same for every account. */
export function issuesByPath(previews: readonly Preview[]): ReadonlyMap<string, DraftIssue> {
  const issues = previews[0]?.issues ?? [];
  // Keeps the first issue of each field. The next appears when it is fixed.
  return new Map([...issues].reverse().map((issue) => [issue.path, issue]));
}

/** Returns the message of an issue without its path, because it is shown next to its field. */
export function issueText({ path, message }: DraftIssue): string {
  const text = message.startsWith(path) ? message.slice(path.length).trim() : message;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
