import type { RememberedMessage, SentMessageStore } from '../events/sent-message.store.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import { recipientKey } from '../message/recipient.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { OutgoingMessage } from './messaging-provider.js';

/** What went out, to be remembered for its answers. */
export interface SentRecord {
  sent: SentMessage;
  parts: readonly { outgoing: OutgoingMessage; messageId: string | undefined }[];
  /** Somebody waits for the answer. */
  asked?: boolean;
  /** What to send as a text where the buttons are refused later. */
  lateFallback?: ButtonMessage | undefined;
}

/** Remembers what was sent. It never fails: the message is out, and must not look as if it were not. */
export class SentMessages {
  constructor(
    private readonly store: SentMessageStore,
    private readonly logger: MessagingLogger,
  ) {}

  /** Part after part, so that the last is the last to its recipient. A store in memory has all of it at once. */
  remember(record: SentRecord): Promise<void> | undefined {
    let kept: Promise<void> | undefined;
    try {
      for (const part of record.parts) {
        const keep = () => this.store.remember(rememberedOf(record, part)) ?? undefined;
        kept = kept ? kept.then(keep) : keep();
      }
    } catch {
      this.complain();
    }
    return kept?.catch(() => this.complain());
  }

  private complain(): void {
    this.logger.error('The store of sent messages failed; an answer to this message may not be matched to it.');
  }
}

function rememberedOf(
  { sent, asked = false, lateFallback }: SentRecord,
  { outgoing, messageId }: SentRecord['parts'][number],
): RememberedMessage {
  return {
    sent,
    recipient: recipientKey(outgoing.recipient),
    buttons: outgoing.buttons,
    numbered: outgoing.numbered ?? false,
    asked,
    ...(messageId !== undefined && { messageId }),
    ...(lateFallback && { lateFallback }),
  };
}
