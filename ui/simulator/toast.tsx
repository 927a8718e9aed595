import './toast.css';
import { useEffect, useState } from 'preact/hooks';

const shownMs = 6_000;

/** Words that are shown for a while. */
export function useToast(): [words: string, say: (words: string) => void] {
  const [words, say] = useState('');
  useEffect(() => {
    if (words === '') return undefined;
    const end = window.setTimeout(() => say(''), shownMs);
    return () => window.clearTimeout(end);
  }, [words]);
  return [words, say];
}

export function Toast({ slip }: { slip: string }) {
  return (
    <p class={`slip ${slip ? 'slip--shown' : ''}`} role="status">
      {slip}
    </p>
  );
}
