import { Injectable } from '@nestjs/common';
import type { Account } from '../config/accounts/account.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import { parseRecipient, recipientKey } from '../message/recipient.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { KnownPeople } from '../stores/known-people.js';
import { SentMessageRetries } from '../stores/sent-message.retries.js';
import { type RememberedMessage, SentMessageStore } from '../stores/sent-message.store.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { OutgoingMessage, ResponseFacts } from './provider-adapter.interface.js';

/** What went out, to be remembered for its answers. */
export interface SentRecord {
  sent: SentMessage;
  parts: readonly { outgoing: OutgoingMessage; facts: ResponseFacts; traceparent?: string | undefined }[];
  /** Somebody waits for the answer. */
  expectsReply?: boolean | undefined;
  /** The outcome is unknown. */
  isUnknown?: boolean;
  /** What to send as a text if the buttons are refused later. */
  lateFallback?: ButtonMessage | undefined;
}

/** A send that ended with an unknown outcome. */
export interface UnknownSend {
  id: string;
  account: Account;
  outgoing: OutgoingMessage;
  expectsReply?: boolean | undefined;
}

/** Remembers what was sent. It never fails: the message is out, and must not look as if it were not. */
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
   * Part after part, so that the last is the last to its recipient. A store in memory has all of it at once. What the
   * store fails to remember is tried again later: no send waits for that.
   */
  record(record: SentRecord): Promise<void> | undefined {
    const kept = this.keep(record.parts.map((part) => rememberedOf(record, part)));
    const learned = this.learn(record);
    return learned ? Promise.all([kept, learned]).then(() => undefined) : kept;
  }

  /** Tries until all is remembered, or for so many milliseconds. */
  flush(withinMs: number): Promise<void> {
    return this.later.flush(withinMs);
  }

  /** Gives up what is not remembered by now. */
  end(): void {
    this.later.end();
  }

  /** Remembers a message of unknown outcome: it may have gone out, and then its recipient may answer. */
  async recordUnknown({ id, account, outgoing, expectsReply: asked = false }: UnknownSend): Promise<void> {
    const { name, provider } = account;
    const to = outgoing.message?.to ?? outgoing.to;
    const sent = { id, provider, account: name, to, acceptedAt: new Date(), attempts: 1 };
    await this.record({ sent, parts: [{ outgoing, facts: {} }], expectsReply: asked, isUnknown: true });
  }

  /** The provider named a user id beside the number that the message went to. */
  private learn({ sent, parts }: SentRecord): Promise<void> | undefined {
    const part = parts.find(({ facts }) => facts.userId !== undefined);
    if (!part || parseRecipient(part.outgoing.to).form !== 'phone') return undefined;
    return this.people.learn(sent.account, { phone: recipientKey(part.outgoing.to), userId: part.facts.userId });
  }

  private keep(messages: RememberedMessage[]): Promise<void> | undefined {
    const keepRest = (): Promise<void> | undefined => {
      for (let next = messages[0]; next; next = messages[0]) {
        const kept = this.store.remember(next);
        if (kept) {
          return Promise.resolve(kept)
            .then(() => void messages.shift())
            .then(keepRest);
        }
        messages.shift();
      }
      return undefined;
    };
    try {
      return keepRest()?.catch(() => this.later.add(keepRest));
    } catch {
      this.later.add(keepRest);
      return undefined;
    }
  }
}

function rememberedOf(
  { sent, expectsReply: asked = false, isUnknown = false, lateFallback }: SentRecord,
  { outgoing, facts, traceparent }: SentRecord['parts'][number],
): RememberedMessage {
  return {
    sent,
    messageIds: facts.providerIds ?? [facts.messageId].filter((id) => id !== undefined),
    recipients: recipientsOf(sent, outgoing, facts),
    buttons: outgoing.buttons,
    numbered: outgoing.numbered ?? false,
    asked,
    ...(traceparent !== undefined && { traceparent }),
    ...(isUnknown && { isUnknown }),
    ...(lateFallback && { lateFallback }),
  };
}

/** By all of these the recipient may answer. */
function recipientsOf(sent: SentMessage, outgoing: OutgoingMessage, { conversation }: ResponseFacts): string[] {
  const keys = [recipientKey(outgoing.to), recipientKey(sent.to)];
  if (conversation !== undefined) keys.push(recipientKey({ conversation }));
  return keys.filter((key, index) => keys.indexOf(key) === index);
}
