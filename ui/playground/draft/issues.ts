import type { Preview } from '../client/playground-client.js';

export type DraftIssue = Preview['issues'][number];

/** The faults of a message by the path of their field; the same for every account. */
export function issuesByPath(previews: readonly Preview[]): ReadonlyMap<string, DraftIssue> {
  const issues = previews[0]?.issues ?? [];
  // The first of a field is enough: once it is mended, the next shows.
  return new Map([...issues].reverse().map((issue) => [issue.path, issue]));
}

/** What is wrong, without the path: that is where it stands. */
export function issueText({ path, message }: DraftIssue): string {
  const words = message.startsWith(path) ? message.slice(path.length).trim() : message;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
