import type { Issue } from '../errors/issue.js';

const MAX_ISSUES = 100;

/** Collects issues. The first 100 are kept and the rest only counted, so that an answer stays small. */
export class IssueList {
  private readonly issues: Issue[] = [];
  private unlisted = 0;

  /** @param explain Called only for issues that are kept. */
  add(path: string, rule: string, explain: () => string): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push({ path, rule, message: explain() });
    else this.unlisted += 1;
  }

  /** How many there are, kept or not. */
  get size(): number {
    return this.issues.length + this.unlisted;
  }

  hasIssueAt(path: string): boolean {
    return this.issues.some((issue) => issue.path === path);
  }

  /** The issues, and one more if there are others: it says how many. */
  toArray(): Issue[] {
    if (this.unlisted === 0) return this.issues;
    const message = `${this.unlisted} more ${this.unlisted === 1 ? 'issue is' : 'issues are'} not listed`;
    return [...this.issues, { path: '', rule: 'moreIssues', message }];
  }
}
