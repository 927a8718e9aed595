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
  rejectIf(
    sendAtIssue(sendAt),
    integerIssue('priority', priority, LOWEST_PRIORITY, 'isPriority'),
    wellFormedIssue('account', account),
    ...(Array.isArray(via) ? via.flatMap(viaIssues) : []),
    groupIssue(group),
  );
}

/** @throws InvalidMessageError if there is an issue */
export function rejectIf(...found: (Issue | undefined)[]): void {
  const issues = found.filter((issue) => issue !== undefined);
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

/** Returns the issue of an option that is an integer from 1 to `most`, if there is one. */
export function integerIssue(name: string, value: unknown, most: number, rule: string): Issue | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return undefined;
  const path = `options.${name}`;
  return { path, rule, message: `${path} must be an integer from 1 to ${most}` };
}
