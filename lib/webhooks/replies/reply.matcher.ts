import { Injectable } from '@nestjs/common';
import type {
  ButtonReplyEvent,
  EchoEvent,
  EventHints,
  EventSender,
  InboundMessageEvent,
  MessageStatusEvent,
  MessagingEvent,
  ParsedEvent,
  TextMessageEvent,
} from '../../events/messaging-event.interface.js';
import { compositeKey } from '../../message/composite-key.js';
import { recipientKey } from '../../message/recipient.js';
import { contradict, KnownPeople, personOf } from '../../stores/known-people.js';
import { type KnownPerson, keysOfPerson } from '../../stores/person.store.js';
import { rememberedAs, rememberedTo } from '../../stores/remembered-messages.js';
import { type OfferedButton, type RememberedMessage, SentMessageStore } from '../../stores/sent-message.store.js';
import { MessagingLogger } from '../../telemetry/messaging.logger.js';
import { hasAll, offeredAs } from './offered-button.js';
import { meantByParts } from './typed-answer.js';

/** An event, and what it was matched to. */
export interface Match {
  /** As it is handed on; undefined of what is not. */
  event?: MessagingEvent;
  remembered?: RememberedMessage;
  /** The message was of unknown outcome, and this proves that it went out. */
  proves?: { messageId?: string };
}

type Answer = ButtonReplyEvent | TextMessageEvent | InboundMessageEvent;

/** Who answers, and where. */
interface Chat {
  account: string;
  /** Nothing is said of the person if the chat is not the private one. */
  person: KnownPerson;
  /** The keys of the recipients whose messages this sender can answer here. */
  keys: readonly string[];
  conversation: string | undefined;
}

/**
 * Finds what an answer answers: the message by its id or by who wrote, the button by its id, title or number. An answer
 * belongs to a message only if its sender is the message's recipient, and a button only if the message offered it.
 */
@Injectable()
export class ReplyMatcher {
  constructor(
    private readonly store: SentMessageStore,
    private readonly people: KnownPeople,
    private readonly logger: MessagingLogger,
  ) {}

  /** The event with what it answers, as far as that is known. */
  async match(parsed: ParsedEvent): Promise<Match> {
    if (parsed.kind === 'echo') return this.matchEcho(parsed);
    const { hints = {}, ...event } = parsed;
    switch (event.kind) {
      case 'message-status':
        return this.matchStatus(event, hints);
      case 'button-reply':
        return this.matchPress(event, hints);
      case 'text-message':
        return this.matchText(event, hints);
      case 'message':
        return this.matchMessage(event, hints);
      default:
        return { event };
    }
  }

  private async matchStatus(event: MessageStatusEvent, { otherwise }: EventHints): Promise<Match> {
    const remembered = await this.named(event.account, event.messageIds);
    if (remembered) return { event: { ...event, sent: remembered.sent }, remembered };
    if (otherwise === undefined) return { event };
    const { provider, account, at, raw } = event;
    return { event: { kind: 'other', type: otherwise, provider, account, at, raw } };
  }

  private async matchPress(event: ButtonReplyEvent, hints: EventHints): Promise<Match> {
    const chat = await this.chatOf(event, hints);
    const candidates = await this.candidates(event, chat);
    const offering = candidates.flatMap((remembered) => {
      const button = offeredAs(event.button, remembered.buttons);
      return button ? [{ remembered, button }] : [];
    });
    const [first, second] = offering;
    if (!first) return { event };
    const { remembered, button } = first;
    const pressed = { ...event, button };
    if (!remembered.isUnknown) return { event: { ...pressed, sent: remembered.sent }, remembered };
    // Which of two it answers, and whether the one arrived at all, cannot be known.
    if (second) return { event: pressed };
    return { event: { ...pressed, sent: remembered.sent }, remembered, proves: messageIdOf(event.inReplyTo) };
  }

  private async matchText(event: TextMessageEvent, hints: EventHints): Promise<Match> {
    const chat = await this.chatOf(event, hints);
    const candidates = await this.candidates(event, chat);
    const { parts = [event.text] } = hints;
    const [remembered, button] = this.meant(candidates, parts, event.inReplyTo !== undefined);
    if (!remembered || !button) {
      const [quoted] = event.inReplyTo === undefined ? [] : candidates;
      return quoted && !quoted.isUnknown ? { event: { ...event, sent: quoted.sent }, remembered: quoted } : { event };
    }
    const { text, kind, ...answer } = event;
    const { id, title } = button;
    const reply = { ...answer, kind: 'button-reply', button: { id, title }, typed: true } as const;
    return { event: { ...reply, sent: remembered.sent }, remembered };
  }

  /** What is not words can only concern the message that it names. An edit answers nothing. */
  private async matchMessage(event: InboundMessageEvent, hints: EventHints): Promise<Match> {
    if (event.inReplyTo === undefined || event.type === 'edit' || event.type === 'revoke') return { event };
    const [remembered] = await this.candidates(event, await this.chatOf(event, hints));
    return remembered && !remembered.isUnknown ? { event: { ...event, sent: remembered.sent }, remembered } : { event };
  }

  /** A message of unknown outcome that WhatsApp shows as sent. */
  private async matchEcho({ account, to, messageId, buttonIds }: EchoEvent): Promise<Match> {
    const chat = await this.chatOf({ account, from: to }, {});
    const offering = (await this.recent(chat)).filter(({ buttons }) => hasAll(buttons, buttonIds));
    const [remembered, ...others] = offering;
    const isProven = remembered?.isUnknown === true && others.length === 0;
    return isProven ? { remembered, proves: { messageId } } : {};
  }

  /**
   * The button that a text means. After a message of unknown outcome it may as well answer the one before that: then it
   * must mean a button of one of them only.
   */
  private meant(
    candidates: readonly RememberedMessage[],
    parts: readonly string[],
    isQuote: boolean,
  ): readonly [RememberedMessage, OfferedButton] | readonly [] {
    const newestKnown = candidates.findIndex(({ isUnknown }) => !isUnknown);
    const possible = isQuote || newestKnown < 0 ? candidates : candidates.slice(0, newestKnown + 1);
    const meant = possible.flatMap((remembered) => {
      const button = meantByParts(parts, remembered);
      return button === undefined ? [] : [{ remembered, button }];
    });
    const [first, second] = meant;
    if (!first) return [];
    if (second || first.button === 'ambiguous') {
      this.logger.warn('An answer fits several buttons and was taken for none of them.');
      return [];
    }
    return [first.remembered, first.button];
  }

  /**
   * The messages that an answer may belong to: the one that it names, if it went to the sender; else the last ones that
   * did. A press of an id that is not known may be that of a message of unknown outcome.
   */
  private async candidates(event: Answer, chat: Chat): Promise<RememberedMessage[]> {
    if (event.inReplyTo === undefined) return this.recent(chat);
    const named = await this.named(event.account, [event.inReplyTo]);
    if (!named)
      return event.kind === 'button-reply' ? (await this.recent(chat)).filter(({ isUnknown }) => isUnknown) : [];
    return this.wentTo(named, chat) || (await this.canOnlyBeRecipient(named, chat)) ? [named] : [];
  }

  private async named(account: string, messageIds: readonly string[]): Promise<RememberedMessage | undefined> {
    for (const messageId of messageIds) {
      const remembered = await rememberedAs(this.store, account, messageId);
      if (remembered) return remembered;
    }
    return undefined;
  }

  /** The last messages with buttons to whoever answers, the newest first. */
  private async recent(chat: Chat): Promise<RememberedMessage[]> {
    const lists = await Promise.all(chat.keys.map((key) => rememberedTo(this.store, chat.account, key)));
    const found = lists.flat().filter((remembered) => this.wentTo(remembered, chat));
    const settled = withoutRepeats(found);
    return settled.sort((one, other) => other.sent.acceptedAt.getTime() - one.sent.acceptedAt.getTime());
  }

  private wentTo({ recipients }: RememberedMessage, { keys, conversation }: Chat): boolean {
    const isElsewhere = conversation !== undefined && recipients.some(isConversation);
    return isElsewhere ? recipients.includes(conversation) : recipients.some((key) => keys.includes(key));
  }

  /** In a private chat only the recipient of a message can quote it: unless something contradicts, their ids are learned. */
  private async canOnlyBeRecipient({ recipients }: RememberedMessage, chat: Chat): Promise<boolean> {
    const recipient = personWithKey(recipients[0] ?? '');
    if (!recipient || keysOfPerson(chat.person).length === 0) return false;
    const known = await this.people.find(chat.account, recipient);
    if (contradict(known, chat.person)) return false;
    await this.people.learn(chat.account, { ...chat.person, ...recipient });
    return true;
  }

  private async chatOf({ account, from }: { account: string; from: EventSender }, hints: EventHints): Promise<Chat> {
    const conversation =
      from.conversation === undefined ? undefined : recipientKey({ conversation: from.conversation });
    const isPrivate = from.group === undefined && !hints.notPrivate;
    const person = isPrivate ? await this.people.find(account, personOf(from)) : {};
    const group = from.group === undefined ? undefined : recipientKey({ group: from.group });
    // What was sent to the id that a person has for several businesses is answered under the own one, with it beside.
    const parent = isPrivate ? from.parentUserId : undefined;
    const named = [...keysOfPerson(person), person.former, parent, group, conversation];
    const keys = named.filter((key) => key !== undefined);
    return { account, person, keys, conversation };
  }
}

/** One entry for each message: a message that was of unknown outcome and is known now stands there twice. */
function withoutRepeats(messages: readonly RememberedMessage[]): RememberedMessage[] {
  const known = new Map<string, RememberedMessage>();
  for (const message of messages) {
    const key = compositeKey(message.sent.id, ...message.messageIds);
    const isSettled = messages.some(({ sent, isUnknown }) => sent.id === message.sent.id && !isUnknown);
    if (!(message.isUnknown && isSettled) && !known.has(key)) known.set(key, message);
  }
  return [...known.values()];
}

function personWithKey(key: string): KnownPerson | undefined {
  if (/^\d+$/.test(key)) return { phone: key };
  if (key.endsWith('@lid')) return { lid: key };
  return key === '' || key.includes(':') ? undefined : { userId: key };
}

function isConversation(key: string): boolean {
  return key.startsWith('conversation:');
}

function messageIdOf(messageId: string | undefined): { messageId?: string } {
  return messageId === undefined ? {} : { messageId };
}
