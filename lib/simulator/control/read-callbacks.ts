import type { SendCallback, SendCallbackOptions } from '../callbacks/send-callback.interface.js';
import { BodyCheck } from '../checks/body-check.js';
import { isJsonObject } from '../json.js';
import type { DeliveryFailure } from '../messages/accepted-message.interface.js';
import { readAnswerOptions, readDeliverOptions } from './read-inbound.js';

/** Everything that can become of a message. */
export const statuses = ['sent', 'delivered', 'read', 'played', 'failed'] as const;

/** Callbacks that follow a send by themselves, out of JSON. Their faults are in the check. */
export function readCallback(given: BodyCheck): SendCallback {
  const kind = given.word('kind', ['deliver', 'press', 'type', 'echo']) ?? 'echo';
  switch (kind) {
    case 'deliver': {
      const status = given.word('status', statuses) ?? 'sent';
      const reason = readReason(given);
      return {
        kind,
        status,
        ...(reason !== undefined && { reason }),
        options: readDeliverOptions(given.optionalObject('options')),
      };
    }
    case 'press':
      return { kind, button: readButton(given), options: readAnswerOptions(given.optionalObject('options')) };
    case 'type': {
      const quoting = given.optionalBoolean('quoting') ?? false;
      return { kind, text: given.text('text'), quoting, options: readAnswerOptions(given.optionalObject('options')) };
    }
    case 'echo':
      return { kind };
  }
}

/** A button's place, id or title. */
export function readButton(given: BodyCheck): string | number {
  return typeof given.value('button') === 'number' ? given.number('button') : given.text('button');
}

/** The words of a failure, or its words with a code. */
export function readReason(given: BodyCheck): string | DeliveryFailure | undefined {
  const value = given.value('reason');
  if (!isJsonObject(value)) return given.optionalText('reason');
  const reason = new BodyCheck(value, 'reason', given.faults);
  const code = typeof value.code === 'number' ? value.code : reason.optionalText('code');
  const details = reason.optionalText('details');
  return { text: reason.text('text'), ...(code !== undefined && { code }), ...(details !== undefined && { details }) };
}

/** When and how often, out of JSON, which has no word for infinity: `"always"`. */
export function readTiming(given: BodyCheck): SendCallbackOptions {
  const when = given.has('when') ? given.word('when', ['before-answer', 'after-answer']) : undefined;
  return { ...(when && { when }), times: readTimes(given) };
}

export function readTimes(given: BodyCheck): number {
  if (given.value('times') === 'always') return Number.POSITIVE_INFINITY;
  return given.optionalNumber('times', 1, Number.MAX_SAFE_INTEGER) ?? 1;
}
