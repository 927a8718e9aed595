/** Timestamps below this are seconds, those above are milliseconds. */
const SECONDS_BELOW = 100_000_000_000;

/** Parses a provider's timestamp: seconds, milliseconds, digits or a date. Returns the current time if it is invalid. */
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
