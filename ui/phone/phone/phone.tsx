import { ArrowLeft, Store } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { PhoneAction, PhoneActionResult } from '../../../lib/simulator/phones/phone-action.interface.js';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import type { PhoneWindows } from '../../../lib/simulator/phones/phone-news.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { ContactDetail } from './contact-detail.js';
import { Conversation } from './conversation.js';
import { TypingBar } from './typing-bar.js';
import { WindowBar } from './window-bar.js';
import './phone.css';

/** Performs an action on the phone and returns its outcome. */
export type Act = (act: PhoneAction) => Promise<PhoneActionResult>;

export interface PhoneProps {
  /** The owner of the phone, for screen readers. */
  readonly label: string;
  /** The name of the contact. Default: "Your app" in the page's language. */
  readonly contact?: string;
  /** The line below the contact's name. */
  readonly detail?: string;
  /** Oldest first. */
  readonly messages: readonly PhoneMessage[];
  /** The 24-hour windows of the accounts. Default: none are enforced. */
  readonly windows?: PhoneWindows;
  /** If missing, the phone is read-only. */
  readonly act?: Act;
  /** Shows a back button, if the phone fills the screen. */
  readonly onBack?: () => void;
  /** Content next to the contact's name. */
  readonly children?: ComponentChildren;
}

const NO_WINDOWS: PhoneWindows = { enforcedBy: [], open: [] };

/** A phone with one conversation, as WhatsApp shows it. */
export function Phone({ label, contact, detail, messages, windows = NO_WINDOWS, act, onBack, children }: PhoneProps) {
  const texts = useTexts();
  const [answering, setAnswering] = useState<string>();
  const owner = messages[0]?.to;
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
            <ContactDetail messages={messages} detail={detail} />
          </div>
          {children}
        </header>
        {owner &&
          windowsOf(messages, windows).map((account) => (
            <WindowBar key={account} account={account} owner={owner} windows={windows} act={act} />
          ))}
        <Conversation messages={messages} {...(act && { act, onReply: setAnswering })} />
        {act && <TypingBar messages={messages} answered={answered} act={act} onEnd={() => setAnswering(undefined)} />}
      </div>
    </section>
  );
}

/** Returns the accounts that wrote to the phone and enforce the 24-hour window. A group has none. */
function windowsOf(messages: readonly PhoneMessage[], { enforcedBy }: PhoneWindows): string[] {
  const accounts = new Set(messages.filter(({ to }) => to.name !== '').map(({ account }) => account));
  return enforcedBy.filter((account) => accounts.has(account));
}
