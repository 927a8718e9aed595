import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import type { ButtonMessageOptions } from '../message/button-message-options.interface.js';
import { accountIssue } from '../message/check-send-options.js';

/** Checks the accounts of a failover. @throws InvalidMessageError if they are not names, or one account is named, too. */
export function checkVia({ via, account }: ButtonMessageOptions): void {
  if (!Array.isArray(via) || via.length === 0 || account !== undefined) throw new InvalidMessageError([badVia()]);
  const found = via.map((name: unknown, index) => accountIssue(`via[${index}]`, name ?? null));
  const issues = found.filter((issue) => issue !== undefined);
  if (issues.length > 0) throw new InvalidMessageError(issues);
}

function badVia(): Issue {
  const message = 'options.via must be a non-empty array of account names and cannot be combined with options.account';
  return { path: 'options.via', rule: 'isList', message };
}
