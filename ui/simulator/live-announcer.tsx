import type { PhoneMessage } from '../../lib/simulator/phones/phone-message.interface.js';
import { plainText } from '../phone/formatting/plain-text.js';
import { useTexts } from '../phone/language/language.js';
import { shownName } from './address.js';

const spokenCharacters = 200;

/** Announces new messages to screen readers. */
export function LiveAnnouncer({ message }: { message: PhoneMessage | undefined }) {
  const texts = useTexts();
  return (
    <p class="unseen" aria-live="polite">
      {message &&
        texts.newMessage(
          shownName(message.to, texts.group),
          plainText(message.content.text.slice(0, spokenCharacters)),
        )}
    </p>
  );
}
