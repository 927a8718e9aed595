/** Seconds are smaller than this, milliseconds of the same times larger. */
const SECONDS_BELOW = 100_000_000_000;

/** A provider's time, in seconds, milliseconds, as digits or as a date; now where it makes no sense. */
export function eventTime(value: unknown): Date {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  const time =
    typeof number === 'number' && number > 0
      ? new Date(number < SECONDS_BELOW ? number * 1_000 : number)
      : dateOf(value);
  return Number.isNaN(time.getTime()) ? new Date() : time;
}

function dateOf(value: unknown): Date {
  return typeof value === 'string' ? new Date(value) : new Date(Number.NaN);
}
