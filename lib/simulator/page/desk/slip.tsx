import { useCallback, useEffect, useState } from 'preact/hooks';
import type { PhoneActAnswer } from '../../phones/phone-act.interface.js';
import type { Texts } from '../language/texts.interface.js';
import { outcomeHint, outcomeWords } from '../phone/outcome.js';

const shownMs = 6_000;

/** A word about an act that did not go well, for a while. */
export function useSlip(texts: Texts) {
  const [slip, setSlip] = useState('');
  useEffect(() => {
    if (slip === '') return undefined;
    const end = window.setTimeout(() => setSlip(''), shownMs);
    return () => window.clearTimeout(end);
  }, [slip]);
  const tell = useCallback(
    (answer: PhoneActAnswer): PhoneActAnswer => {
      setSlip(wordsFor(answer, texts));
      return answer;
    },
    [texts],
  );
  return { slip, tell };
}

export function Slip({ slip }: { slip: string }) {
  return (
    <p class={`slip ${slip ? 'slip--shown' : ''}`} role="status">
      {slip}
    </p>
  );
}

function wordsFor({ done, status, error = '' }: PhoneActAnswer, texts: Texts): string {
  if (!done) return error;
  const url = error.startsWith('No webhook address') ? '' : 'somewhere';
  const outcome = { url, ...(status !== undefined && { status }) };
  const hint = outcomeHint(outcome, texts);
  return hint ? `${outcomeWords(outcome, texts)}. ${hint}` : '';
}
