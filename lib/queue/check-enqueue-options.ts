import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { accountIssue, checkSendOptions, textIssue, wellFormedIssue } from '../message/check-send-options.js';
import { characters } from '../validation/characters.js';
import { LOWEST_PRIORITY, MAX_DELAY_END_MS } from './engines/bullmq-internals/constants.js';
import { ENQUEUE_OPTIONS, type EnqueueOptions } from './queued-message.interface.js';

const MAX_SEND_AT = new Date(MAX_DELAY_END_MS);
const MAX_GROUP_LENGTH = 200;

/** @throws InvalidMessageError with paths such as `options.sendAt` */
export function checkEnqueueOptions(options: EnqueueOptions): void {
  checkSendOptions(options, ENQUEUE_OPTIONS);
  const { sendAt, priority, account, via, group } = options;
  const issues = [
    sendAtIssue(sendAt),
    priorityIssue(priority),
    wellFormedIssue('account', account),
    ...(Array.isArray(via) ? via.flatMap(viaIssues) : []),
    groupIssue(group),
  ].filter((issue) => issue !== undefined);
  if (issues.length > 0) throw new InvalidMessageError(issues);
}

function viaIssues(name: unknown, index: number) {
  const path = `via[${index}]`;
  return [accountIssue(path, name ?? null), wellFormedIssue(path, name)];
}

/** Returns the issue of a group's name, if there is one. */
export function groupIssue(group: unknown): Issue | undefined {
  if (typeof group !== 'string' || characters(group) <= MAX_GROUP_LENGTH) return textIssue('group', group);
  const message = `options.group must have at most ${MAX_GROUP_LENGTH} characters`;
  return { path: 'options.group', rule: 'maxCharacters', message };
}

function sendAtIssue(sendAt: unknown): Issue | undefined {
  if (sendAt === undefined) return undefined;
  const path = 'options.sendAt';
  if (!(sendAt instanceof Date && Number.isFinite(sendAt.getTime()))) {
    return { path, rule: 'isDate', message: `${path} must be a valid Date` };
  }
  if (sendAt <= MAX_SEND_AT) return undefined;
  return { path, rule: 'maxDate', message: `${path} must be at most ${MAX_SEND_AT.toISOString()}` };
}

function priorityIssue(priority: unknown): Issue | undefined {
  if (priority === undefined) return undefined;
  const isPriority =
    typeof priority === 'number' && Number.isInteger(priority) && priority >= 1 && priority <= LOWEST_PRIORITY;
  if (isPriority) return undefined;
  const path = 'options.priority';
  return { path, rule: 'isPriority', message: `${path} must be an integer from 1 to ${LOWEST_PRIORITY}` };
}
