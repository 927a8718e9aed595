import type { PhoneAnswer, PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { FormattedText } from '../formatting/formatted-text.js';
import { plainText } from '../formatting/plain-text.js';
import { useTexts } from '../language/language.js';
import { timeOf } from './day.js';
import { Outcome } from './outcome.js';

/** Shows what the phone's owner pressed or wrote, and the app's response. */
export function SentAnswer({ answer, message }: { answer: PhoneAnswer; message: PhoneMessage }) {
  const texts = useTexts();
  return (
    <article class="message message--sent">
      <div class="bubble bubble--sent">
        {answer.kind === 'press' && (
          <blockquote class="quoted" dir="auto">
            <strong>{texts.yourApp}</strong>
            <span>{plainText(message.content.text || message.content.pix?.merchant || '')}</span>
          </blockquote>
        )}
        <FormattedText text={answer.text} />
        {answer.description && (
          <p class="footer" dir="auto">
            {answer.description}
          </p>
        )}
        <p class="bubble-end">
          <time dateTime={answer.at}>{timeOf(answer.at, texts)}</time>
        </p>
      </div>
      <Outcome {...(answer.webhook && { outcome: answer.webhook })} />
    </article>
  );
}
