import type { Issue } from '../errors/issue.js';
import { ConfigurationError } from '../errors/setup.errors.js';
import { durationIssue } from '../message/check-send-options.js';
import { suggestionFor } from '../validation/closest-name.js';
import { isRecord } from '../validation/is-record.js';
import type { ButtonMessagingHealthOptions, HealthSettings } from './health-options.interface.js';

const DEFAULTS: HealthSettings = { cacheMs: 5_000, timeoutMs: 3_000, details: false };

/** Validates the options and adds the defaults. @throws ConfigurationError if an option is invalid. */
export function settingsOf(options: ButtonMessagingHealthOptions = {}): HealthSettings {
  if (!isRecord(options)) throw new ConfigurationError([notAnObject()]);
  const settings = { ...DEFAULTS, ...options };
  const issues = [
    ...Object.keys(options)
      .filter((name) => !Object.hasOwn(DEFAULTS, name))
      .map(unknownOption),
    durationIssue('cacheMs', settings.cacheMs, 0),
    durationIssue('timeoutMs', settings.timeoutMs, 1),
    typeof settings.details === 'boolean' ? undefined : badDetails(),
  ].filter((issue) => issue !== undefined);
  if (issues.length > 0) throw new ConfigurationError(issues);
  return settings;
}

function notAnObject(): Issue {
  return { path: '', rule: 'isObject', message: 'the options of ButtonMessagingHealthModule must be an object' };
}

function unknownOption(name: string): Issue {
  const path = `options.${name}`;
  const message = `Unknown option of ButtonMessagingHealthModule: ${path}${suggestionFor(name, Object.keys(DEFAULTS))}`;
  return { path, rule: 'unknownField', message };
}

function badDetails(): Issue {
  return { path: 'options.details', rule: 'isBoolean', message: 'options.details must be true or false' };
}
