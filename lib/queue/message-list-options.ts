import type { Issue } from '../errors/issue.js';
import type { MessageRecipient } from '../message/button-message.interface.js';
import { checkOptionNames, enumIssue, textIssue } from '../message/check-send-options.js';
import { recipientKey } from '../message/recipient.js';
import type { OptionNames } from '../message/send-options.interface.js';
import { isRecord } from '../validation/is-record.js';
import { groupIssue, integerIssue, rejectIf } from './check-enqueue-options.js';
import type { Search } from './message-search.js';
import type { QueuedMessage, QueuedMessageState } from './queued-message.interface.js';

/** All states, in the order in which messages are listed. */
export const ALL_STATES = [
  'active',
  'waiting',
  'delayed',
  'held',
  'failed',
  'sent',
] as const satisfies QueuedMessageState[];

const MAX_LIMIT = 1_000;

/** The options of `list`. @publicApi */
export interface MessageListOptions {
  /** Only messages in this state. By default all. */
  state?: QueuedMessageState;
  /** Only messages of this group. */
  group?: string;
  /** Only messages to this recipient, with a phone number in any format. */
  to?: MessageRecipient;
  /** Messages of a page, from 1 to 1,000. @default 100 */
  limit?: number;
  /** The ID of the last message of the previous page. If its state has changed, the list starts from the beginning. */
  after?: string;
}

const NAMES: OptionNames<MessageListOptions> = { state: true, group: true, to: true, limit: true, after: true };

export const DEFAULT_LIMIT = 100;

/** @throws InvalidMessageError with paths such as `options.limit` */
function checkListOptions(options: MessageListOptions): void {
  checkOptionNames(options, NAMES);
  const { state, group, to, limit, after } = options;
  rejectIf(
    enumIssue('state', state, ALL_STATES),
    groupIssue(group),
    recipientIssue(to),
    integerIssue('limit', limit, MAX_LIMIT, 'isPageSize'),
    textIssue('after', after),
  );
}

/**
 * Converts the options of `list` into a search.
 *
 * @param read Normalizes a recipient, as `enqueue` does.
 * @throws InvalidMessageError
 */
export function searchOf(
  options: MessageListOptions,
  read: (recipient: { to: MessageRecipient }) => { to: MessageRecipient },
): Search {
  checkListOptions(options);
  const { state, group, to, limit = DEFAULT_LIMIT, after } = options;
  const states = state === undefined ? ALL_STATES : [state];
  if (group === undefined && to === undefined) return { states, after, pageSize: limit };
  const key = to === undefined ? undefined : recipientKey(read({ to }).to);
  const matches = (message: QueuedMessage) =>
    (group === undefined || message.group === group) && (key === undefined || recipientKey(message.message.to) === key);
  return { states, matches, after, pageSize: Math.max(limit, DEFAULT_LIMIT) };
}

/**
 * Checks options that consist of a group's name.
 *
 * @throws InvalidMessageError also if the name is missing, because a typo must not select all messages
 */
export function checkGroupOf(options: object): asserts options is { group: string } {
  checkOptionNames(options, { group: true });
  const group = 'group' in options ? options.group : undefined;
  rejectIf(groupIssue(group ?? ''));
}

function recipientIssue(to: unknown): Issue | undefined {
  if (to === undefined || typeof to === 'string') return undefined;
  const values = isRecord(to) ? Object.values(to).filter((value) => value !== undefined) : [];
  if (values.length === 1 && typeof values[0] === 'string') return undefined;
  return { path: 'options.to', rule: 'isMessageRecipient', message: 'options.to must be a recipient, as in a message' };
}
