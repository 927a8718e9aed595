import type {
  ButtonReplyEvent,
  EventSender,
  MessagingEvent,
  ParsedEvent,
  ParsedStatusEvent,
  TextMessageEvent,
} from '../events/messaging-event.interface.js';
import type { OfferedButton, RememberedMessage, SentMessageStore } from '../events/sent-message.store.js';
import { recipientKey } from '../message/recipient.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';

/** Finds what an answer answers: the message by its id or by who wrote, the button by its title or number. */
export class ReplyMatcher {
  constructor(
    private readonly store: SentMessageStore,
    private readonly logger: MessagingLogger,
  ) {}

  /** The event with what it answers, as far as that is known. */
  async match(event: ParsedEvent): Promise<MessagingEvent> {
    switch (event.kind) {
      case 'connection':
        return event;
      case 'message-status':
        return this.matchStatus(event);
      case 'button-reply':
        return this.matchPress(event);
      case 'text-message':
        return this.matchText(event);
    }
  }

  private async matchStatus({ buttonsRefused, ...event }: ParsedStatusEvent): Promise<MessagingEvent> {
    for (const messageId of event.messageIds) {
      const remembered = await this.store.byMessageId(event.account, messageId);
      if (remembered) return { ...event, sent: remembered.sent };
    }
    return event;
  }

  private async matchPress(event: ButtonReplyEvent): Promise<MessagingEvent> {
    const remembered = await this.answered(event);
    if (!remembered) return event;
    if (event.button.id !== '') {
      const offered = remembered.buttons.some(({ id }) => id === event.button.id);
      return offered || event.inReplyTo !== undefined ? { ...event, sent: remembered.sent } : event;
    }
    const button = this.byTitle(event.button.title, remembered);
    if (button) return { ...event, button: { id: button.id, title: button.title }, sent: remembered.sent };
    return event.inReplyTo === undefined ? event : { ...event, sent: remembered.sent };
  }

  private async matchText(event: TextMessageEvent): Promise<MessagingEvent> {
    const remembered = await this.answered(event);
    if (!remembered) return event;
    const button = this.meant(event.text, remembered);
    if (!button) return event.inReplyTo === undefined ? event : { ...event, sent: remembered.sent };
    const { text, kind, ...answer } = event;
    return {
      ...answer,
      kind: 'button-reply',
      button: { id: button.id, title: button.title },
      typed: true,
      sent: remembered.sent,
    };
  }

  /** The message that is named; or, where none is, the last with buttons that went to whoever answers. */
  private async answered(event: ButtonReplyEvent | TextMessageEvent): Promise<RememberedMessage | undefined> {
    if (event.inReplyTo !== undefined) return this.store.byMessageId(event.account, event.inReplyTo);
    for (const recipient of recipientsOf(event.from)) {
      const remembered = await this.store.lastTo(event.account, recipientKey(recipient));
      if (remembered) return remembered;
    }
    return undefined;
  }

  /** The button that a text means by its title or its number; none where these are two. */
  private meant(text: string, remembered: RememberedMessage): OfferedButton | undefined {
    const titled = this.byTitle(text, remembered);
    const numbered = byNumber(text, remembered);
    return titled && numbered && titled !== numbered ? this.ambiguous() : (titled ?? numbered);
  }

  private byTitle(text: string, { buttons }: RememberedMessage): OfferedButton | undefined {
    const meant = normalize(text);
    const [button, ...others] = buttons.filter(({ title, link }) => !link && normalize(title) === meant);
    return others.length === 0 ? button : this.ambiguous();
  }

  private ambiguous(): undefined {
    this.logger.warn('An answer fits several buttons and was taken for none of them.');
  }
}

function recipientsOf({ group, conversation, phone, lid }: EventSender): string[] {
  const chats = group === undefined ? [conversation, phone, lid] : [group];
  return chats.filter((chat) => chat !== undefined);
}

function byNumber(text: string, { buttons, numbered, asked }: RememberedMessage): OfferedButton | undefined {
  const number = /^(\d{1,3})\s*[.)]?$/.exec(text.trim())?.[1];
  if (number === undefined || !(numbered || asked)) return undefined;
  const button = buttons[Number(number) - 1];
  return button?.link ? undefined : button;
}

function normalize(text: string): string {
  return text.normalize('NFC').trim().replace(/\.$/, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
