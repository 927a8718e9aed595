const TEN_YEARS_MS = 315_360_000_000;

/** Returns a duration that every server supports: whole milliseconds, from 1 to ten years. */
export function clampTtl(ms: number): number {
  return Math.min(TEN_YEARS_MS, Math.max(1, Math.ceil(ms)));
}
