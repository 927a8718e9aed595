import type { PhoneAnswer, PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { FormattedText } from '../formatting/formatted-text.js';
import { plainText } from '../formatting/plain-text.js';
import { useTexts } from '../language/language.js';
import { timeOf } from './day.js';
import { Outcome } from './outcome.js';
import { SentContent } from './sent-content.js';
import { Ticks } from './ticks.js';

/** Shows what the phone's owner pressed or wrote, and the app's response. */
export function SentAnswer({ answer, message }: { answer: PhoneAnswer; message: PhoneMessage }) {
  const texts = useTexts();
  return (
    <article class="message message--sent">
      <div class="bubble bubble--sent">
        {isQuoting(answer) && (
          <blockquote class="quoted" dir="auto">
            <strong>{texts.yourApp}</strong>
            <span>{plainText(message.content.text || message.content.pix?.merchant || '')}</span>
          </blockquote>
        )}
        {answer.content && <SentContent content={answer.content} />}
        {isTextShown(answer) && <FormattedText text={answer.text} />}
        {answer.description && (
          <p class="footer" dir="auto">
            {answer.description}
          </p>
        )}
        <p class="bubble-end">
          <time dateTime={answer.at}>{timeOf(answer.at, texts)}</time>
          {answer.isRead !== undefined && <Ticks status={answer.isRead ? 'read' : 'delivered'} />}
        </p>
      </div>
      <Outcome {...(answer.webhook && { outcome: answer.webhook })} />
    </article>
  );
}

/** A press, a form and a permission belong to their message. Others are messages of their own. */
function isQuoting({ kind, content }: PhoneAnswer): boolean {
  return kind === 'press' || content?.kind === 'form' || content?.kind === 'permission';
}

/** Cards contain the text of their reply. Captions are texts of their own. */
function isTextShown({ text, content }: PhoneAnswer): boolean {
  return text !== '' && (content === undefined || content.kind === 'medium');
}
