import type { Texts } from '../language/texts.interface.js';

const dayMs = 86_400_000;

/** Formats a day as today, yesterday or a date. Returns `''` without a time. */
export function dayOf(at: string, texts: Texts): string {
  if (at === '') return '';
  const midnight = (moment: Date): number => new Date(moment).setHours(0, 0, 0, 0);
  const daysAgo = Math.round((midnight(new Date()) - midnight(new Date(at))) / dayMs);
  if (daysAgo === 0) return texts.today;
  if (daysAgo === 1) return texts.yesterday;
  return new Date(at).toLocaleDateString(localeOf(texts), { day: 'numeric', month: 'long', year: 'numeric' });
}

/** Formats the hour and minute. */
export function timeOf(at: string, texts: Texts): string {
  return new Date(at).toLocaleTimeString(localeOf(texts), { hour: '2-digit', minute: '2-digit' });
}

/** Returns the locale with the page's language and the user's region. */
function localeOf({ locale }: Texts): string {
  const language = locale.slice(0, 2);
  return navigator.languages.find((preferred) => preferred.slice(0, 2) === language) ?? locale;
}
