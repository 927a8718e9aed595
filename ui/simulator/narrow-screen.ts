import { useEffect, useState } from 'preact/hooks';

/** Whether only the list or one phone fits. The width is the same as in `simulator-page.css`. */
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
