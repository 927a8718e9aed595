import { RotateCcw, Trash2 } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import { messageText } from '../client/message-text.js';
import type { HeldMessage } from '../client/playground-client.js';
import { usePlaygroundTexts } from '../language/texts.js';

export interface HeldMessagesProps {
  readonly messages: readonly HeldMessage[];
  readonly onRelease: (id: string, how: 'resend' | 'discard') => void;
}

/** Lists the messages whose outcome is unknown, for the user to decide. */
export function HeldMessages({ messages, onRelease }: HeldMessagesProps) {
  const { queue } = usePlaygroundTexts();
  return (
    <section class="held" aria-label={queue.held}>
      <h3>{queue.held}</h3>
      <p class="held-hint">{messages.length > 0 ? queue.heldHint : queue.noneHeld}</p>
      <ul>
        {messages.map(({ id, message, error }) => {
          const to = typeof message.to === 'string' ? message.to : '';
          return (
            <li key={id}>
              <div class="held-text">
                <strong>
                  <bdi>{to}</bdi>
                </strong>
                <span dir="auto">{messageText(message)}</span>
                <small>{error?.message}</small>
              </div>
              <button
                type="button"
                class="quiet-button"
                aria-label={queue.resendOf(to)}
                onClick={() => onRelease(id, 'resend')}
              >
                <Icon of={RotateCcw} size={15} />
                {queue.resend}
              </button>
              <button
                type="button"
                class="quiet-button"
                aria-label={queue.discardOf(to)}
                onClick={() => onRelease(id, 'discard')}
              >
                <Icon of={Trash2} size={15} />
                {queue.discard}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
