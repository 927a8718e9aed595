import type { Issue } from '../errors/issue.js';
import { ConfigurationError } from '../errors/setup.errors.js';
import { millisecondsFault } from '../message/check-send-options.js';
import type { ButtonMessagingHealthOptions, HealthSettings } from './health-options.interface.js';

/** @throws ConfigurationError where an option makes no sense. */
export function settingsOf(options: ButtonMessagingHealthOptions = {}): HealthSettings {
  const settings = { cacheMs: 5_000, timeoutMs: 3_000, details: false, ...options };
  const issues = [
    millisecondsFault('cacheMs', settings.cacheMs, 0),
    millisecondsFault('timeoutMs', settings.timeoutMs, 1),
    typeof settings.details === 'boolean' ? undefined : badDetails(),
  ].filter((issue) => issue !== undefined);
  if (issues.length > 0) throw new ConfigurationError(issues);
  return settings;
}

function badDetails(): Issue {
  return { path: 'options.details', rule: 'isBoolean', message: 'options.details must be true or false' };
}
