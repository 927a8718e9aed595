import { useEffect, useState } from 'preact/hooks';

export type View = 'compose' | 'phone' | 'providers' | 'timeline' | 'queue';

/** What fits side by side: form, phone and a view; form and a view; or one view. The widths are the same as in the CSS. */
export type Room = 'wide' | 'middle' | 'narrow';

const viewsOf: Readonly<Record<Room, readonly View[]>> = {
  wide: ['providers', 'timeline', 'queue'],
  middle: ['phone', 'providers', 'timeline', 'queue'],
  narrow: ['compose', 'phone', 'timeline', 'queue'],
};

/** Returns the views that fit the layout, and the one that is shown. */
export function viewsIn(room: Room, wanted: View): { views: readonly View[]; shown: View } {
  const views = viewsOf[room];
  const shown = views.find((view) => view === wanted) ?? views[0] ?? 'phone';
  return { views, shown };
}

export function useRoom(): Room {
  const isWide = useWidth('(width >= 1160px)');
  const isNarrow = useWidth('(width < 760px)');
  if (isWide) return 'wide';
  return isNarrow ? 'narrow' : 'middle';
}

function useWidth(condition: string): boolean {
  const [query] = useState(() => window.matchMedia(condition));
  const [fits, setFits] = useState(query.matches);
  useEffect(() => {
    const change = ({ matches }: MediaQueryListEvent): void => setFits(matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, [query]);
  return fits;
}
