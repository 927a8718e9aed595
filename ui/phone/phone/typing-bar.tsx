import { SendHorizontal, X } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ReplyContent } from '../../../lib/simulator/inbound/inbound.interface.js';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { plainText } from '../formatting/plain-text.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { AttachButton } from './attach-button.js';
import type { Act } from './phone.js';

export interface TypingBarProps {
  readonly messages: readonly PhoneMessage[];
  /** The message to reply to, if any. */
  readonly answered: PhoneMessage | undefined;
  readonly act: Act;
  /** Called when the reply is sent or cancelled. */
  readonly onEnd: () => void;
}

/** The text field of the phone's owner. Texts go to the sender of the last message. */
export function TypingBar({ messages, answered, act, onEnd }: TypingBarProps) {
  const texts = useTexts();
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const message = answered ?? messages.at(-1);
  useLayoutEffect(() => {
    if (answered) field.current?.focus();
  }, [answered?.id]);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!message || text.trim() === '') return;
    setText('');
    onEnd();
    const { done } = await act({
      kind: 'type',
      messageId: message.id,
      text: text.trim(),
      quoting: answered !== undefined,
    });
    // Keeps a text that could not be sent.
    if (!done) setText((since) => since || text);
  };
  const reply = (content: ReplyContent): void => {
    if (!message) return;
    onEnd();
    void act({ kind: 'reply', messageId: message.id, content, options: { quoting: answered !== undefined } });
  };
  const handleKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void send(event);
    if (event.key === 'Escape' && answered) onEnd();
  };
  return (
    <form class="typing" onSubmit={send}>
      {answered && (
        <div class="answering">
          <blockquote class="quoted" dir="auto">
            <strong>{texts.answering}</strong>
            <span>{plainText(answered.content.text)}</span>
          </blockquote>
          <button type="button" class="round-button" aria-label={texts.noLongerAnswer} onClick={onEnd}>
            <Icon of={X} />
          </button>
        </div>
      )}
      <div class="typing-line">
        {message && <AttachButton owner={message.to} reply={reply} />}
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          maxLength={4096}
          value={text}
          disabled={!message}
          aria-label={texts.typeHere}
          placeholder={message ? texts.typeHere : texts.nothingToAnswer}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={handleKey}
        />
        <button type="submit" class="send" aria-label={texts.send} disabled={text.trim() === ''}>
          <Icon of={SendHorizontal} size={20} />
        </button>
      </div>
    </form>
  );
}
