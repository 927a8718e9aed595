const TEN_YEARS_MS = 315_360_000_000;

/** A span that every server can add to its clock: whole, at least one millisecond, at most ten years. */
export function clampTtl(ms: number): number {
  return Math.min(TEN_YEARS_MS, Math.max(1, Math.ceil(ms)));
}
