import { useCallback } from 'preact/hooks';
import type { PhoneActionResult } from '../../lib/simulator/phones/phone-action.interface.js';
import type { Texts } from '../phone/language/texts.interface.js';
import { outcomeHint, outcomeText } from '../phone/phone/outcome.js';
import { useToast } from './toast.js';

/** Shows for a while why an action failed. */
export function useActionToast(texts: Texts) {
  const [slip, say] = useToast();
  const tell = useCallback(
    (answer: PhoneActionResult): PhoneActionResult => {
      say(wordsFor(answer, texts));
      return answer;
    },
    [say, texts],
  );
  return { slip, tell };
}

function wordsFor({ done, status, error = '' }: PhoneActionResult, texts: Texts): string {
  if (!done) return error;
  const url = error.startsWith('No webhook URL') ? '' : 'somewhere';
  const outcome = { url, ...(status !== undefined && { status }) };
  const hint = outcomeHint(outcome, texts);
  return hint ? `${outcomeText(outcome, texts)}. ${hint}` : '';
}
