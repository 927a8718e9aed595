import { useEffect, useState } from 'preact/hooks';

/** Whether the screen has room for one thing at a time: the phones, or a phone. The same width as in `desk.css`. */
export function useNarrowScreen(): boolean {
  const [query] = useState(() => window.matchMedia('(width < 760px)'));
  const [isNarrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const change = ({ matches }: MediaQueryListEvent): void => setNarrow(matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, [query]);
  return isNarrow;
}
