import { BodyCheck } from '../checks/body-check.js';
import { readButton, readReason, STATUSES } from '../control/read-callbacks.js';
import {
  readAnswerOptions,
  readDeliverOptions,
  readEnvelope,
  readInbound,
  readWebhookOptions,
} from '../control/read-inbound.js';
import { readNews } from '../control/read-news.js';
import { isJsonObject, parsedJson } from '../json.js';
import type { InboundTraffic } from '../webhooks/inbound-traffic.js';
import type { SimulatedUser } from '../webhooks/simulated-user.js';
import type { WebhookAnswer } from '../webhooks/webhook-answer.interface.js';
import { WebhookNotDeliveredError } from '../webhooks/webhook-not-delivered.error.js';
import type { PhoneAction, PhoneActionResult } from './phone-action.interface.js';

/** The objects that run actions. */
export interface PhoneActors {
  readonly recipient: SimulatedUser;
  readonly inboundTraffic: InboundTraffic;
}

/** Runs an action of a page or another process. */
export async function runPhoneAction(
  actors: PhoneActors,
  body: string,
): Promise<{ status: number; answer: PhoneActionResult }> {
  const asked = parsedJson(body);
  const check = new BodyCheck(isJsonObject(asked) ? asked : {});
  const act = readAction(check);
  const [issue] = check.issues;
  if (!act || issue) {
    const why = issue ? `: ${issue.message}` : '';
    return { status: 400, answer: { done: false, error: `Invalid action${why}` } };
  }
  try {
    const answer = await runAction(actors, act);
    return { status: 200, answer: { done: true, ...(answer && { status: answer.status }) } };
  } catch (reason) {
    const error = reason instanceof Error ? reason.message : String(reason);
    const done = reason instanceof WebhookNotDeliveredError;
    return { status: done ? 200 : 409, answer: { done, error } };
  }
}

async function runAction(
  { recipient, inboundTraffic }: PhoneActors,
  act: PhoneAction,
): Promise<WebhookAnswer | undefined> {
  switch (act.kind) {
    case 'press':
      return typeof act.button === 'number'
        ? recipient.pressAt(act.messageId, act.button, act.options)
        : recipient.press(act.messageId, act.button, act.options);
    case 'type':
      return recipient.type(act.messageId, act.text, act.quoting ?? false, act.options);
    case 'deliver':
      return recipient.deliver(act.messageId, act.status, act.reason, act.options);
    case 'echo':
      return recipient.echo(act.messageId, act.options);
    case 'write':
      return inboundTraffic.write(act.account, act.message, act.options);
    case 'burst':
      return (await inboundTraffic.burst(act.account, act.message, act.texts, act.options)).at(-1);
    case 'announce':
      return inboundTraffic.announce(act.account, act.news, act.options);
    case 'post':
      return inboundTraffic.post(act.account, act.body, act.options);
  }
}

function readAction(asked: BodyCheck): PhoneAction | undefined {
  const kind = asked.word('kind', ['press', 'type', 'deliver', 'echo', 'write', 'burst', 'announce', 'post']);
  const options = asked.optionalObject('options');
  switch (kind) {
    case 'press':
      return {
        kind,
        messageId: asked.text('messageId'),
        button: readButton(asked),
        options: readAnswerOptions(options),
      };
    case 'type': {
      const quoting = asked.value('quoting') === true;
      const messageId = asked.text('messageId');
      return { kind, messageId, text: asked.text('text'), quoting, options: readAnswerOptions(options) };
    }
    case 'deliver': {
      const status = asked.word('status', STATUSES);
      const reason = readReason(asked);
      const given = { ...(reason !== undefined && { reason }), options: readDeliverOptions(options) };
      return status && { kind, messageId: asked.text('messageId'), status, ...given };
    }
    case 'echo':
      return { kind, messageId: asked.text('messageId'), options: readWebhookOptions(options) };
    case undefined:
      return undefined;
    default:
      return readAccountAction(kind, asked, options);
  }
}

function readAccountAction(
  kind: 'write' | 'burst' | 'announce' | 'post',
  asked: BodyCheck,
  given: BodyCheck | undefined,
): PhoneAction {
  const account = asked.text('account');
  const options = readWebhookOptions(given);
  switch (kind) {
    case 'write':
      return { kind, account, message: readInbound(asked.object('message')), options };
    case 'burst': {
      const together = given?.optionalBoolean('together') ?? false;
      const message = readEnvelope(asked.object('message'));
      return { kind, account, message, texts: asked.texts('texts'), options: { ...options, together } };
    }
    case 'announce':
      return { kind, account, news: readNews(asked.object('news')), options };
    case 'post':
      return { kind, account, body: asked.json('body'), options };
  }
}
