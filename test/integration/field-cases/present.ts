import { isFields } from './differences.js';
import type { Fields, Hook } from './field-case.js';
import type { ProviderRequest } from './rule-based-provider.js';

/** Replaces the placeholders of a webhook with the current time and the ids of requests. */
export function present(hook: Hook, requests: readonly ProviderRequest[]): Hook {
  const filled = fill(hook.body, '', requests);
  return isFields(filled) ? { ...hook, body: filled } : hook;
}

function fill(value: unknown, key: string, requests: readonly ProviderRequest[]): unknown {
  if (value === '$now') return timeFor(key);
  if (value === '$button 0') return firstButton(requests);
  if (Array.isArray(value)) return value.map((one) => fill(one, key, requests));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, name, requests)]));
}

function timeFor(key: string): unknown {
  const now = Date.now();
  if (key === 'momment') return now;
  return key === 'timestamp' ? String(Math.floor(now / 1000)) : new Date(now).toISOString();
}

function firstButton(requests: readonly ProviderRequest[]): unknown {
  const body = requests.find(({ method }) => method === 'POST')?.body;
  const ids = [
    at(body, 'buttonActions', 0, 'id'),
    at(body, 'buttonList', 'buttons', 0, 'id'),
    at(body, 'interactive', 'action', 'buttons', 0, 'reply', 'id'),
    at(body, 'button_1_id'),
  ];
  return ids.find((id) => id !== undefined);
}

function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isFields(inner) ? (inner satisfies Fields)[key] : undefined;
  }, value);
}
