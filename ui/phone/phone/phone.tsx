import { ArrowLeft, Store } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { PhoneAction, PhoneActionResult } from '../../../lib/simulator/phones/phone-action.interface.js';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { Conversation } from './conversation.js';
import { TypingBar } from './typing-bar.js';
import './phone.css';

/** Does something on the phone and says what came of it. */
export type Act = (act: PhoneAction) => Promise<PhoneActionResult>;

export interface PhoneProps {
  /** Whose phone it is, for those who cannot see it. */
  readonly label: string;
  /** With whom its owner talks. Default: your app, in the page's language. */
  readonly contact?: string;
  /** Below the contact's name. */
  readonly detail?: string;
  /** Oldest first. */
  readonly messages: readonly PhoneMessage[];
  /** Without it the phone is a picture: nothing can be pressed or typed. */
  readonly act?: Act;
  /** Where the phone has the whole screen: leads back. */
  readonly onBack?: () => void;
  /** Beside the contact's name. */
  readonly children?: ComponentChildren;
}

/** A phone with one conversation, as WhatsApp shows it. */
export function Phone({ label, contact, detail, messages, act, onBack, children }: PhoneProps) {
  const texts = useTexts();
  const [answering, setAnswering] = useState<string>();
  const answered = messages.find(({ id }) => id === answering);
  return (
    <section class="phone" aria-label={label}>
      <div class="phone-screen">
        <header class="phone-top">
          {onBack && (
            <button type="button" class="round-button phone-back" aria-label={texts.back} onClick={onBack}>
              <Icon of={ArrowLeft} size={22} />
            </button>
          )}
          <span class="phone-contact-picture">
            <Icon of={Store} size={20} />
          </span>
          <div class="phone-contact">
            <strong>{contact ?? texts.yourApp}</strong>
            {detail && <span>{detail}</span>}
          </div>
          {children}
        </header>
        <Conversation messages={messages} {...(act && { act, onReply: setAnswering })} />
        {act && <TypingBar messages={messages} answered={answered} act={act} onEnd={() => setAnswering(undefined)} />}
      </div>
    </section>
  );
}
