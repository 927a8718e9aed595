import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { useTexts } from '../language/language.js';
import { typingEnd } from './typing.js';
import { useTime } from './use-time.js';

/** The line below the contact's name: whether it is typing, or a detail. */
export function ContactDetail({ messages, detail }: { messages: readonly PhoneMessage[]; detail: string | undefined }) {
  const { typingNow } = useTexts();
  const end = typingEnd(messages);
  const now = useTime([end]);
  const isTyping = now < end;
  return (
    <>
      <span class={isTyping ? 'phone-typing' : 'unseen'} role="status">
        {isTyping ? typingNow : ''}
      </span>
      {!isTyping && detail && <span>{detail}</span>}
    </>
  );
}
