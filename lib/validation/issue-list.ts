import type { Issue } from '../errors/issue.js';

const MAX_ISSUES = 100;

/** Collects issues. Keeps the first 100 and counts the others, so that responses stay small. */
export class IssueList {
  private readonly issues: Issue[] = [];
  private unlisted = 0;

  /** @param explain Called only for issues that are listed. */
  add(path: string, rule: string, explain: () => string): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push({ path, rule, message: explain() });
    else this.unlisted += 1;
  }

  /** The number of issues, listed or not. */
  get size(): number {
    return this.issues.length + this.unlisted;
  }

  hasIssueAt(path: string): boolean {
    return this.issues.some((issue) => issue.path === path);
  }

  /** Returns the issues, followed by one with the number of those that are not listed. */
  toArray(): Issue[] {
    if (this.unlisted === 0) return this.issues;
    const message = `${this.unlisted} more ${this.unlisted === 1 ? 'issue is' : 'issues are'} not listed`;
    return [...this.issues, { path: '', rule: 'moreIssues', message }];
  }
}
