import { Injectable } from '@nestjs/common';
import type { Account } from '../config/accounts/account.js';
import type { RichMessage, Template } from '../message/message.interface.js';
import { parseRecipient, recipientKey } from '../message/recipient.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { withoutUndefined } from '../message/without-undefined.js';
import { KnownPeople } from '../stores/known-people.js';
import { SentMessageRetries } from '../stores/sent-message.retries.js';
import { type RememberedMessage, SentMessageStore } from '../stores/sent-message.store.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { OutgoingMessage, ResponseFacts } from './provider-adapter.interface.js';

/** A sent message to record, so that replies find it. */
export interface SentRecord {
  sent: SentMessage;
  parts: readonly { outgoing: OutgoingMessage; facts: ResponseFacts; traceparent?: string | undefined }[];
  /** Whether the caller waits for a reply. */
  expectsReply?: boolean | undefined;
  /** The outcome is unknown. */
  isUnknown?: boolean;
  /** The message to send as a text if its buttons are rejected later. */
  lateFallback?: RichMessage | undefined;
  /** The template to send if the 24-hour window turns out to be closed. */
  windowClosed?: Template | undefined;
}

/** A send that ended with an unknown outcome. */
export interface UnknownSend {
  id: string;
  account: Account;
  outgoing: OutgoingMessage;
  expectsReply?: boolean | undefined;
  metadata?: Record<string, string> | undefined;
}

/** Records sent messages for reply matching. It never fails, because the message has been sent. */
@Injectable()
export class SentMessageRecorder {
  private readonly later: SentMessageRetries;

  constructor(
    private readonly store: SentMessageStore,
    private readonly people: KnownPeople,
    logger: MessagingLogger,
  ) {
    this.later = new SentMessageRetries(logger);
  }

  /**
   * Records the parts in order, so that the last one is the recipient's newest message. Failures are retried in the
   * background.
   */
  async record(record: SentRecord): Promise<void> {
    const learned = this.learn(record);
    await this.keep(record.parts.map((part) => rememberedOf(record, part)));
    await learned;
  }

  /** Retries failed records, for at most `withinMs` milliseconds. */
  flush(withinMs: number): Promise<void> {
    return this.later.flush(withinMs);
  }

  /** Drops the records that are not stored yet. */
  end(): void {
    this.later.end();
  }

  /** Records a message with an unknown outcome. If it was sent, its recipient may reply. */
  async recordUnknown({ id, account, outgoing, metadata, expectsReply: asked = false }: UnknownSend): Promise<void> {
    const { name, provider } = account;
    const to = outgoing.message?.to ?? outgoing.to;
    const base = { id, provider, account: name, to, acceptedAt: new Date(), attempts: 1 };
    const sent = { ...base, ...(metadata && { metadata }) };
    await this.record({ sent, parts: [{ outgoing, facts: {} }], expectsReply: asked, isUnknown: true });
  }

  /** Learns that a phone number and a user ID belong to one person. */
  private learn({ sent, parts }: SentRecord): Promise<void> | undefined {
    const part = parts.find(({ facts }) => facts.userId !== undefined);
    if (!part || parseRecipient(part.outgoing.to).form !== 'phone') return undefined;
    return this.people.learn(sent.account, { phone: recipientKey(part.outgoing.to), userId: part.facts.userId });
  }

  private async keep(messages: RememberedMessage[]): Promise<void> {
    const keepRest = async () => {
      for (let next = messages[0]; next; next = messages[0]) {
        await this.store.remember(next);
        messages.shift();
      }
    };
    await keepRest().catch(() => this.later.add(keepRest));
  }
}

function rememberedOf(
  { sent, expectsReply: asked = false, isUnknown = false, lateFallback, windowClosed }: SentRecord,
  { outgoing, facts, traceparent }: SentRecord['parts'][number],
): RememberedMessage {
  return {
    sent,
    messageIds: facts.providerIds ?? [facts.messageId].filter((id) => id !== undefined),
    recipients: recipientsOf(sent, outgoing, facts),
    buttons: outgoing.buttons,
    numbered: outgoing.numbered ?? false,
    asked,
    ...withoutUndefined({ traceparent, lateFallback, windowClosed }),
    ...(isUnknown && { isUnknown }),
  };
}

/** Returns the keys under which the recipient may reply. */
function recipientsOf(sent: SentMessage, outgoing: OutgoingMessage, { conversation }: ResponseFacts): string[] {
  const keys = [recipientKey(outgoing.to), recipientKey(sent.to)];
  if (conversation !== undefined) keys.push(recipientKey({ conversation }));
  return keys.filter((key, index) => keys.indexOf(key) === index);
}
