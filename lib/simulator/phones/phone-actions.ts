import { BodyCheck } from '../checks/body-check.js';
import { readButton, readReason, STATUSES } from '../control/read-callbacks.js';
import {
  readAnswerOptions,
  readDeliverOptions,
  readEnvelope,
  readInbound,
  readReply,
  readReplyOptions,
  readWebhookOptions,
} from '../control/read-inbound.js';
import { readNews } from '../control/read-news.js';
import { isJsonObject, parsedJson } from '../json.js';
import type { SimulatorParts } from '../simulator-parts.js';
import type { WebhookAnswer } from '../webhooks/webhook-answer.interface.js';
import { WebhookNotDeliveredError } from '../webhooks/webhook-not-delivered.error.js';
import type { PhoneAction, PhoneActionResult } from './phone-action.interface.js';

/** The objects that run actions. */
export type PhoneActors = Pick<SimulatorParts, 'recipient' | 'inboundTraffic' | 'accountWindows'>;

/** Reads an action, and returns how to run it. Its issues are in the check. */
type ReadAction = (
  asked: BodyCheck,
  options: BodyCheck | undefined,
  actors: PhoneActors,
) => () => Promise<WebhookAnswer | undefined>;

const ACTIONS: Readonly<Record<PhoneAction['kind'], ReadAction>> = {
  press: (asked, given, { recipient }) => {
    const messageId = asked.text('messageId');
    const button = readButton(asked);
    const options = readAnswerOptions(given);
    return () => recipient.press(messageId, button, options);
  },
  type: (asked, given, { recipient }) => {
    const isQuoting = asked.value('quoting') === true;
    const messageId = asked.text('messageId');
    const text = asked.text('text');
    const options = readAnswerOptions(given);
    return () => recipient.type(messageId, text, isQuoting, options);
  },
  reply: (asked, given, { recipient }) => {
    const messageId = asked.text('messageId');
    const content = readReply(asked.object('content'));
    const options = readReplyOptions(given);
    return () => recipient.reply(messageId, content, options);
  },
  deliver: (asked, given, { recipient }) => {
    const status = asked.word('status', STATUSES) ?? 'sent';
    const reason = readReason(asked);
    const options = readDeliverOptions(given);
    const messageId = asked.text('messageId');
    return () => recipient.deliver(messageId, status, reason, options);
  },
  echo: (asked, given, { recipient }) => {
    const messageId = asked.text('messageId');
    const options = readWebhookOptions(given);
    return () => recipient.echo(messageId, options);
  },
  write: (asked, given, { inboundTraffic }) => {
    const account = asked.text('account');
    const options = readWebhookOptions(given);
    const message = readInbound(asked.object('message'));
    return () => inboundTraffic.write(account, message, options);
  },
  burst: (asked, given, { inboundTraffic }) => {
    const account = asked.text('account');
    const options = { ...readWebhookOptions(given), together: given?.optionalBoolean('together') ?? false };
    const message = readEnvelope(asked.object('message'));
    const texts = asked.texts('texts');
    return async () => (await inboundTraffic.burst(account, message, texts, options)).at(-1);
  },
  announce: (asked, given, { inboundTraffic }) => {
    const account = asked.text('account');
    const options = readWebhookOptions(given);
    const news = readNews(asked.object('news'));
    return () => inboundTraffic.announce(account, news, options);
  },
  window: (asked, _given, { accountWindows }) => {
    const account = asked.text('account');
    const person = asked.text('person');
    const isOpen = asked.value('open') === true;
    return async () => {
      accountWindows.set(account, person, isOpen);
      return undefined;
    };
  },
  post: (asked, given, { inboundTraffic }) => {
    const account = asked.text('account');
    const options = readWebhookOptions(given);
    const body = asked.json('body');
    return () => inboundTraffic.post(account, body, options);
  },
};

/** Runs an action of a page or another process. */
export async function runPhoneAction(
  actors: PhoneActors,
  body: string,
): Promise<{ status: number; answer: PhoneActionResult }> {
  const asked = parsedJson(body);
  const check = new BodyCheck(isJsonObject(asked) ? asked : {});
  const read = check.entry('kind', ACTIONS);
  const run = read?.(check, check.optionalObject('options'), actors);
  const [issue] = check.issues;
  if (!run || issue) {
    const why = issue ? `: ${issue.message}` : '';
    return { status: 400, answer: { done: false, error: `Invalid action${why}` } };
  }
  try {
    const answer = await run();
    return { status: 200, answer: { done: true, ...(answer && { status: answer.status }) } };
  } catch (reason) {
    const error = reason instanceof Error ? reason.message : String(reason);
    const done = reason instanceof WebhookNotDeliveredError;
    return { status: done ? 200 : 409, answer: { done, error } };
  }
}
