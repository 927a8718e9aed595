import './toast.css';
import { useEffect, useState } from 'preact/hooks';

const shownMs = 6_000;

/** Returns a text that disappears after a while, and a function that shows one. */
export function useToast(): [text: string, say: (text: string) => void] {
  const [text, say] = useState('');
  useEffect(() => {
    if (text === '') return undefined;
    const end = window.setTimeout(() => say(''), shownMs);
    return () => window.clearTimeout(end);
  }, [text]);
  return [text, say];
}

export function Toast({ slip }: { slip: string }) {
  return (
    <p class={`slip ${slip ? 'slip--shown' : ''}`} role="status">
      {slip}
    </p>
  );
}
