import type { SentMessageStore } from '../events/sent-message.store.js';
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

/** Remembers what was sent. It never rejects: the message is out, and must not look as if it were not. */
export class SentMessages {
  constructor(
    private readonly store: SentMessageStore,
    private readonly logger: MessagingLogger,
  ) {}

  async remember({ sent, parts, asked = false, lateFallback }: SentRecord): Promise<void> {
    try {
      for (const { outgoing, messageId } of parts) {
        const kept = this.store.remember({
          sent,
          ...(messageId !== undefined && { messageId }),
          recipient: recipientKey(outgoing.recipient),
          buttons: outgoing.buttons,
          numbered: outgoing.numbered ?? false,
          asked,
          ...(lateFallback && { lateFallback }),
        });
        // A store in memory has it already.
        if (kept) await kept;
      }
    } catch {
      this.logger.error('The store of sent messages failed; an answer to this message may not be matched to it.');
    }
  }
}
