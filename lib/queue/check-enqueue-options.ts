import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { checkChoices } from '../message/button-message-options.interface.js';
import { accountFault, checkSendOptions, textFault, wellFormedFault } from '../message/check-send-options.js';
import { characters } from '../validation/characters.js';
import { LATEST_DELAY_END_MS, LOWEST_PRIORITY } from './engines/bullmq-internals/constants.js';
import { ENQUEUE_OPTIONS, type EnqueueOptions } from './queued-message.interface.js';

const LATEST_SEND_AT = new Date(LATEST_DELAY_END_MS);
const LONGEST_GROUP = 200;

/** @throws InvalidMessageError with paths as `options.sendAt`. */
export function checkEnqueueOptions(options: EnqueueOptions): void {
  checkSendOptions(options, ENQUEUE_OPTIONS);
  checkChoices(options);
  const { sendAt, priority, account, via, group } = options;
  const issues = [
    sendAtFault(sendAt),
    priorityFault(priority),
    wellFormedFault('account', account),
    ...(Array.isArray(via) ? via.flatMap(viaFaults) : []),
    groupFault(group),
  ].filter((issue) => issue !== undefined);
  if (issues.length > 0) throw new InvalidMessageError(issues);
}

function viaFaults(name: unknown, index: number) {
  const path = `via[${index}]`;
  return [accountFault(path, name ?? null), wellFormedFault(path, name)];
}

/** The fault of a group's name, if it has one. */
export function groupFault(group: unknown): Issue | undefined {
  if (typeof group !== 'string' || characters(group) <= LONGEST_GROUP) return textFault('group', group);
  const message = `options.group must have at most ${LONGEST_GROUP} characters`;
  return { path: 'options.group', rule: 'maxCharacters', message };
}

function sendAtFault(sendAt: unknown): Issue | undefined {
  if (sendAt === undefined) return undefined;
  const path = 'options.sendAt';
  if (!(sendAt instanceof Date && Number.isFinite(sendAt.getTime()))) {
    return { path, rule: 'isDate', message: `${path} must be a valid Date` };
  }
  if (sendAt <= LATEST_SEND_AT) return undefined;
  return { path, rule: 'maxDate', message: `${path} must not be after ${LATEST_SEND_AT.toISOString()}` };
}

function priorityFault(priority: unknown): Issue | undefined {
  if (priority === undefined) return undefined;
  const isPriority =
    typeof priority === 'number' && Number.isInteger(priority) && priority >= 1 && priority <= LOWEST_PRIORITY;
  if (isPriority) return undefined;
  const path = 'options.priority';
  return { path, rule: 'isPriority', message: `${path} must be a whole number from 1 to ${LOWEST_PRIORITY}` };
}
