import type { HttpResponse } from '../transport/http-response.js';
import { isRecord } from '../validation/is-record.js';

/** Returns the JSON of a successful response. */
export function jsonOf({ status, body }: HttpResponse): unknown {
  return status >= 200 && status < 300 && body.kind === 'json' ? body.value : undefined;
}

/** Parses JSON. Returns undefined if the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns a non-empty string at a path. */
export function textIn(value: unknown, ...path: string[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** Returns a non-empty string, or a number as text, at a path. */
export function textOrNumberIn(value: unknown, ...path: string[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'number' ? String(found) : textIn(found);
}

/** Returns the items of a list, or none if the value is not a list. */
export function listIn(value: unknown, field: string): unknown[] {
  const list = isRecord(value) ? value[field] : undefined;
  return Array.isArray(list) ? list : [];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}
