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
import { typedButtonInParts } from './typed-answer.js';

/** An event and the sent message that it belongs to. */
export interface Match {
  /** The event to dispatch. Undefined if there is none. */
  event?: MessagingEvent;
  remembered?: RememberedMessage;
  /** The message had an unknown outcome, and this confirms that it was sent. */
  proves?: { messageId?: string };
}

type Reply = ButtonReplyEvent | TextMessageEvent | InboundMessageEvent;

/** The sender of a reply and the chat. */
interface Chat {
  account: string;
  /** Empty if the chat is not private. */
  person: KnownPerson;
  /** The keys of the recipients whose messages this sender can reply to here. */
  keys: readonly string[];
  conversation: string | undefined;
}

/**
 * Matches replies with sent messages: the message by ID or sender, the button by ID, title or number. The sender of a
 * reply must be the message's recipient, and the button must have been offered.
 */
@Injectable()
export class ReplyMatcher {
  constructor(
    private readonly store: SentMessageStore,
    private readonly people: KnownPeople,
    private readonly logger: MessagingLogger,
  ) {}

  /** Matches an event with the message that it belongs to. */
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
    const matches = candidates.flatMap((remembered) => {
      const button = offeredAs(event.button, remembered.buttons);
      return button ? [{ remembered, button }] : [];
    });
    const [first, second] = matches;
    if (!first) return { event };
    const { remembered, button } = first;
    const pressed = { ...event, button };
    if (!remembered.isUnknown) return { event: { ...pressed, sent: remembered.sent }, remembered };
    // It is unknown which of two messages this replies to, and whether this one was sent.
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
    const { text, kind, ...base } = event;
    const { id, title } = button;
    const reply = { ...base, kind: 'button-reply', button: { id, title }, typed: true } as const;
    return { event: { ...reply, sent: remembered.sent }, remembered };
  }

  /** Other messages match only the message that they quote. Edits match none. */
  private async matchMessage(event: InboundMessageEvent, hints: EventHints): Promise<Match> {
    if (event.inReplyTo === undefined || event.type === 'edit' || event.type === 'revoke') return { event };
    const [remembered] = await this.candidates(event, await this.chatOf(event, hints));
    return remembered && !remembered.isUnknown ? { event: { ...event, sent: remembered.sent }, remembered } : { event };
  }

  /** Matches an echo of a message with an unknown outcome. */
  private async matchEcho({ account, to, messageId, buttonIds }: EchoEvent): Promise<Match> {
    const chat = await this.chatOf({ account, from: to }, {});
    const matches = (await this.recent(chat)).filter(({ buttons }) => hasAll(buttons, buttonIds));
    const [remembered, ...others] = matches;
    const isAuthenticated = remembered?.isUnknown === true && others.length === 0;
    return isAuthenticated ? { remembered, proves: { messageId } } : {};
  }

  /**
   * Finds the button that a text means. After a message with an unknown outcome, the text may reply to the message
   * before it, so only one of them may have a matching button.
   */
  private meant(
    candidates: readonly RememberedMessage[],
    parts: readonly string[],
    isQuote: boolean,
  ): readonly [RememberedMessage, OfferedButton] | readonly [] {
    const newestKnown = candidates.findIndex(({ isUnknown }) => !isUnknown);
    const possible = isQuote || newestKnown < 0 ? candidates : candidates.slice(0, newestKnown + 1);
    const meant = possible.flatMap((remembered) => {
      const button = typedButtonInParts(parts, remembered);
      return button === undefined ? [] : [{ remembered, button }];
    });
    const [first, second] = meant;
    if (!first) return [];
    if (second || first.button === 'ambiguous') {
      this.logger.warn('A reply matches several buttons and was matched with none of them.');
      return [];
    }
    return [first.remembered, first.button];
  }

  /**
   * Returns the messages that a reply may belong to: the quoted one if it was sent to the sender, else the last ones to
   * the sender. An unknown ID may be that of a message with an unknown outcome.
   */
  private async candidates(event: Reply, chat: Chat): Promise<RememberedMessage[]> {
    if (event.inReplyTo === undefined) return this.recent(chat);
    const named = await this.named(event.account, [event.inReplyTo]);
    if (!named)
      return event.kind === 'button-reply' ? (await this.recent(chat)).filter(({ isUnknown }) => isUnknown) : [];
    return this.wasSentTo(named, chat) || (await this.mustBeRecipient(named, chat)) ? [named] : [];
  }

  private async named(account: string, messageIds: readonly string[]): Promise<RememberedMessage | undefined> {
    for (const messageId of messageIds) {
      const remembered = await rememberedAs(this.store, account, messageId);
      if (remembered) return remembered;
    }
    return undefined;
  }

  /** Returns the last messages with buttons to the sender, the newest first. */
  private async recent(chat: Chat): Promise<RememberedMessage[]> {
    const lists = await Promise.all(chat.keys.map((key) => rememberedTo(this.store, chat.account, key)));
    const found = lists.flat().filter((remembered) => this.wasSentTo(remembered, chat));
    const settled = withoutRepeats(found);
    return settled.sort((one, other) => other.sent.acceptedAt.getTime() - one.sent.acceptedAt.getTime());
  }

  private wasSentTo({ recipients }: RememberedMessage, { keys, conversation }: Chat): boolean {
    const isElsewhere = conversation !== undefined && recipients.some(isConversation);
    return isElsewhere ? recipients.includes(conversation) : recipients.some((key) => keys.includes(key));
  }

  /**
   * Checks the quote of a private chat: only the recipient can quote a message. Learns the recipient's identifiers,
   * unless they contradict known ones.
   */
  private async mustBeRecipient({ recipients }: RememberedMessage, chat: Chat): Promise<boolean> {
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
    // Messages to a person's ID for several businesses are replied to under the business' own ID, which the event also
    // contains.
    const parent = isPrivate ? from.parentUserId : undefined;
    const named = [...keysOfPerson(person), person.former, parent, group, conversation];
    const keys = named.filter((key) => key !== undefined);
    return { account, person, keys, conversation };
  }
}

/** Removes duplicates: a settled message is stored twice. */
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
