import { useCallback, useEffect, useState } from 'preact/hooks';
import { useWords } from '../language/words.js';

const shownMs = 6_000;

/** Does something, and keeps for a while what to say where it did not work. */
export function useAttempts(): { slip: string; attempt: (doing: Promise<unknown>) => Promise<void> } {
  const { notDone } = useWords();
  const [slip, setSlip] = useState('');
  useEffect(() => {
    if (slip === '') return undefined;
    const end = window.setTimeout(() => setSlip(''), shownMs);
    return () => window.clearTimeout(end);
  }, [slip]);
  const attempt = useCallback(
    async (doing: Promise<unknown>): Promise<void> => {
      try {
        await doing;
      } catch (reason) {
        setSlip(notDone(reason instanceof Error ? reason.message : String(reason)));
      }
    },
    [notDone],
  );
  return { slip, attempt };
}

export function Slip({ slip }: { slip: string }) {
  return (
    <p class={`slip ${slip ? 'slip--shown' : ''}`} role="status">
      {slip}
    </p>
  );
}
