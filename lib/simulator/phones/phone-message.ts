import type { AcceptedMessage, RecipientAnswer } from '../messages/accepted-message.interface.js';
import { isUserId, type PeopleStore } from '../people/people-store.js';
import type { ProviderSimulation } from '../provider-simulation.js';
import { linkedHeader, linkedMedia } from './linked-media.js';
import type {
  PhoneAnswer,
  PhoneContent,
  PhoneMessage,
  PhoneOwner,
  PhoneReply,
  WebhookOutcome,
} from './phone-message.interface.js';
import { phoneReply, replyText } from './phone-reply.js';

/**
 * Returns an accepted message as a phone displays it.
 *
 * @param outcomes The outcomes of its replies' webhooks, by the reply's index.
 */
export function phoneMessage(
  message: AcceptedMessage,
  simulation: ProviderSimulation,
  people: PeopleStore,
  outcomes: ReadonlyMap<number, WebhookOutcome>,
): PhoneMessage {
  const content = simulation.phoneContent(message);
  const { id, provider, account, status, failure } = message;
  return {
    id,
    to: phoneOwner(simulation.phoneAddress(message), people),
    provider,
    account,
    at: message.receivedAt.toISOString(),
    status,
    ...(failure && { failure }),
    receipts: simulation.receipts,
    content: linkedMedia(content, id, (mediaId) => simulation.fileOnPhone(mediaId) !== undefined),
    answers: message.answers.map((answer, place) => {
      const linked = (reply: PhoneReply): PhoneReply =>
        reply.kind === 'medium'
          ? { ...reply, medium: linkedHeader(reply.medium, { message: id, answer: String(place) }) }
          : reply;
      return phoneAnswer(answer, message, content, outcomes.get(place), linked);
    }),
    ...(message.typingUntil && { typingUntil: message.typingUntil.toISOString() }),
  };
}

/** Returns the owner of the phone that a message was sent to. */
export function phoneOwner(to: string, people: PeopleStore): PhoneOwner {
  const isNumber = /^\+?\d+$/.test(to);
  const isPerson = isNumber || to.endsWith('@lid') || isUserId(to);
  return { address: isNumber ? to.replace('+', '') : to, name: isPerson ? people.at(to).name : '' };
}

function phoneAnswer(
  answer: RecipientAnswer,
  message: AcceptedMessage,
  content: PhoneContent,
  webhook: WebhookOutcome | undefined,
  linked: (reply: PhoneReply) => PhoneReply,
): PhoneAnswer {
  const isRead = answer.id === undefined ? {} : { isRead: answer.readAt !== undefined };
  const about = { at: answer.at.toISOString(), ...isRead, ...(webhook && { webhook }) };
  if (answer.kind === 'text') return { kind: 'text', text: answer.text, ...about };
  if (answer.kind === 'content') {
    const drawn = phoneReply(answer.content);
    return { kind: 'content', text: replyText(answer.content), ...(drawn && { content: linked(drawn) }), ...about };
  }
  const { title } = answer.button;
  const place = message.buttons.indexOf(answer.button);
  const rows = content.list?.sections.flatMap((section) => section.rows) ?? [];
  const description = rows.find((row) => row.index === place)?.description;
  return { kind: 'press', text: title, ...(description && { description }), ...about };
}
