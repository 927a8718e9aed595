import { isJsonObject, parsedJson } from '../json.js';
import type { Recipient } from '../webhooks/recipient.js';
import { UntoldWebhookError } from '../webhooks/untold-webhook.error.js';
import type { WebhookAnswer } from '../webhooks/webhook-answer.interface.js';
import type { PhoneAct, PhoneActAnswer } from './phone-act.interface.js';
import { allReceipts } from './receipts.js';

/** Does what a page asks for, as `press()`, `type()` and `deliver()` do it. */
export async function answerPhoneAct(
  recipient: Recipient,
  body: string,
): Promise<{ status: number; answer: PhoneActAnswer }> {
  const act = readAct(parsedJson(body));
  if (!act) return { status: 400, answer: { done: false, error: 'This is no act that the simulator knows.' } };
  try {
    const { status } = await play(recipient, act);
    return { status: 200, answer: { done: true, status } };
  } catch (reason) {
    const error = reason instanceof Error ? reason.message : String(reason);
    const done = reason instanceof UntoldWebhookError;
    return { status: done ? 200 : 409, answer: { done, error } };
  }
}

async function play(recipient: Recipient, act: PhoneAct): Promise<WebhookAnswer> {
  switch (act.kind) {
    case 'press':
      return recipient.pressAt(act.messageId, act.button);
    case 'type':
      return recipient.type(act.messageId, act.text, act.quoting ?? false);
    case 'deliver':
      return recipient.deliver(act.messageId, act.status);
  }
}

function readAct(asked: unknown): PhoneAct | undefined {
  if (!isJsonObject(asked) || typeof asked.messageId !== 'string') return undefined;
  const { kind, messageId, button, text, quoting } = asked;
  if (kind === 'press' && typeof button === 'number') return { kind, messageId, button };
  if (kind === 'type' && typeof text === 'string' && text !== '') {
    return { kind, messageId, text, quoting: quoting === true };
  }
  const status = allReceipts.find((receipt) => receipt === asked.status);
  return kind === 'deliver' && status ? { kind, messageId, status } : undefined;
}
