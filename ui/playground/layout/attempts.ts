import { useCallback } from 'preact/hooks';
import { useToast } from '../../simulator/toast.js';
import { usePlaygroundTexts } from '../language/texts.js';

/** Runs an action, and shows its error for a while. */
export function useAttempts(): { slip: string; attempt: (doing: Promise<unknown>) => Promise<void> } {
  const { notDone } = usePlaygroundTexts();
  const [slip, say] = useToast();
  const attempt = useCallback(
    async (doing: Promise<unknown>): Promise<void> => {
      try {
        await doing;
      } catch (reason) {
        say(notDone(reason instanceof Error ? reason.message : String(reason)));
      }
    },
    [notDone, say],
  );
  return { slip, attempt };
}
