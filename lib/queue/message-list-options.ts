import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import type { MessageRecipient } from '../message/button-message.interface.js';
import { checkOptionNames, enumIssue, textIssue } from '../message/check-send-options.js';
import type { OptionNames } from '../message/option-names.js';
import { recipientKey } from '../message/recipient.js';
import { isRecord } from '../validation/is-record.js';
import { groupIssue } from './check-enqueue-options.js';
import type { Search } from './message-search.js';
import type { QueuedMessage, QueuedMessageState } from './queued-message.interface.js';

/** All states, in the order in which messages are listed: what is to be done first. */
export const ALL_STATES = [
  'active',
  'waiting',
  'delayed',
  'held',
  'failed',
  'sent',
] as const satisfies QueuedMessageState[];

const MAX = 1_000;

/** The options of `list`. */
export interface MessageListOptions {
  /** Default: all. */
  state?: QueuedMessageState;
  /** Only messages of this group. */
  group?: string;
  /** Only messages to this recipient, in any writing of a number. */
  to?: MessageRecipient;
  /** Messages of a page: 1 to 1,000. Default: 100. */
  limit?: number;
  /** The id of the last message of the page before. Where it has left its state, the list begins anew. */
  after?: string;
}

const NAMES: OptionNames<MessageListOptions> = { state: true, group: true, to: true, limit: true, after: true };

/** The `limit` where none is given. */
export const LISTED = 100;

/** @throws InvalidMessageError with paths as `options.limit`. */
function checkListOptions(options: MessageListOptions): void {
  checkOptionNames(options, NAMES);
  const { state, group, to, limit, after } = options;
  refuse(
    enumIssue('state', state, ALL_STATES),
    groupIssue(group),
    recipientIssue(to),
    limitIssue(limit),
    textIssue('after', after),
  );
}

/** What to search for. @throws InvalidMessageError. @param read Reads a recipient's number, as messages' are read when they are enqueued. */
export function searchOf(
  options: MessageListOptions,
  read: (recipient: { to: MessageRecipient }) => { to: MessageRecipient },
): Search {
  checkListOptions(options);
  const { state, group, to, limit = LISTED, after } = options;
  const states = state === undefined ? ALL_STATES : [state];
  if (group === undefined && to === undefined) return { states, after, pageSize: limit };
  const key = to === undefined ? undefined : recipientKey(read({ to }).to);
  const matches = (message: QueuedMessage) =>
    (group === undefined || message.group === group) && (key === undefined || recipientKey(message.message.to) === key);
  return { states, matches, after, pageSize: Math.max(limit, LISTED) };
}

/**
 * Checks what names a group and nothing else.
 *
 * @throws InvalidMessageError where the name is missing: a slip must not mean all messages.
 */
export function checkGroupOf(options: object): asserts options is { group: string } {
  checkOptionNames(options, { group: true });
  const group = 'group' in options ? options.group : undefined;
  const missing = { path: 'options.group', rule: 'isText', message: 'options.group must be a text that is not empty' };
  refuse(group === undefined ? missing : groupIssue(group));
}

function refuse(...faults: (Issue | undefined)[]): void {
  const issues = faults.filter((issue) => issue !== undefined);
  if (issues.length > 0) throw new InvalidMessageError(issues);
}

function recipientIssue(to: unknown): Issue | undefined {
  if (to === undefined || typeof to === 'string') return undefined;
  const values = isRecord(to) ? Object.values(to).filter((value) => value !== undefined) : [];
  if (values.length === 1 && typeof values[0] === 'string') return undefined;
  return { path: 'options.to', rule: 'isMessageRecipient', message: 'options.to must be a recipient, as of a message' };
}

function limitIssue(limit: unknown): Issue | undefined {
  if (limit === undefined) return undefined;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MAX) return undefined;
  return {
    path: 'options.limit',
    rule: 'isPageSize',
    message: `options.limit must be a whole number from 1 to ${MAX}`,
  };
}
