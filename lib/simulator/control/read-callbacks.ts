import type { SendCallback, SendCallbackOptions } from '../callbacks/send-callback.interface.js';
import type { BodyCheck } from '../checks/body-check.js';
import { isJsonObject, withoutUndefined } from '../json.js';
import type { DeliveryFailure } from '../messages/accepted-message.interface.js';
import { readAnswerOptions, readDeliverOptions, readReply, readReplyOptions } from './read-inbound.js';

/** All statuses of messages. */
export const STATUSES = ['sent', 'delivered', 'read', 'played', 'failed'] as const;

/** Parses an automatic callback. Its issues are in the check. */
export function readCallback(given: BodyCheck): SendCallback {
  const kind = given.word('kind', ['deliver', 'press', 'type', 'reply', 'echo']) ?? 'echo';
  switch (kind) {
    case 'deliver':
      return withoutUndefined({
        kind,
        status: given.word('status', STATUSES) ?? 'sent',
        reason: readReason(given),
        options: readDeliverOptions(given.optionalObject('options')),
      });
    case 'press':
      return { kind, button: readButton(given), options: readAnswerOptions(given.optionalObject('options')) };
    case 'type': {
      const quoting = given.optionalBoolean('quoting') ?? false;
      return { kind, text: given.text('text'), quoting, options: readAnswerOptions(given.optionalObject('options')) };
    }
    case 'reply':
      return {
        kind,
        content: readReply(given.object('content')),
        options: readReplyOptions(given.optionalObject('options')),
      };
    case 'echo':
      return { kind };
  }
}

/** Reads a button's index, ID or title. */
export function readButton(given: BodyCheck): string | number {
  return typeof given.value('button') === 'number' ? given.number('button') : given.text('button');
}

/** Reads the text of a failure, or its text and code. */
export function readReason(given: BodyCheck): string | DeliveryFailure | undefined {
  if (!isJsonObject(given.value('reason'))) return given.optionalText('reason');
  const reason = given.object('reason');
  const number = reason.value('code');
  const code = typeof number === 'number' ? number : reason.optionalText('code');
  const details = reason.optionalText('details');
  return withoutUndefined({ text: reason.text('text'), code, details });
}

/** Reads when and how often callbacks are sent. JSON has no Infinity, so `"always"` means that. */
export function readTiming(given: BodyCheck): SendCallbackOptions {
  const when = given.optionalWord('when', ['before-answer', 'after-answer']);
  return withoutUndefined({ when, times: readTimes(given) });
}

export function readTimes(given: BodyCheck): number {
  if (given.value('times') === 'always') return Number.POSITIVE_INFINITY;
  return given.optionalNumber('times', 1, Number.MAX_SAFE_INTEGER) ?? 1;
}
