import { useEffect, useState } from 'preact/hooks';

/**
 * Returns the time, and renders again at given times.
 *
 * @param moments Times in milliseconds since 1970. Past ones are ignored.
 */
export function useTime(moments: readonly number[]): number {
  const [, setPassed] = useState(0);
  const now = Date.now();
  const next = Math.min(...moments.filter((moment) => moment > now));
  useEffect(() => {
    if (!Number.isFinite(next)) return undefined;
    const timer = window.setTimeout(() => setPassed(next), Math.max(next - Date.now(), 0) + 1);
    return () => window.clearTimeout(timer);
  }, [next]);
  return now;
}
