import type { ResponseBody } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { parseJson } from '../json-fields.js';
import { isKnownMetaCode, metaCode } from '../meta-errors.js';

/** A code of Meta in an error of another provider. */
export interface FoundCode {
  code: number;
  /** Whether the code has Meta's format. A bare number may be something else. */
  certain: boolean;
}

/** Maximum depth of nested objects. */
const MAX_DEPTH = 8;

/**
 * A separate number of six digits. Numbers in paths, URLs, prices and percentages, and parts of longer numbers do not
 * count.
 */
const BARE_NUMBER =
  /(?<![\p{L}\p{N}\p{Sc}_./@-])\d{6}(?![\p{L}\p{N}\p{Sc}_./@%-])(?!\s*(?:ms|s|milliseconds|seconds|bytes|tokens)\b)/giu;

/**
 * Finds Meta's code in a response: the `code` of a Graph API error, `(#n)`, or a bare number that Meta documents.
 * Numbers from the request do not count, because errors may repeat it.
 *
 * @param text The text of the error, without its details.
 * @param sent The request.
 */
export function findMetaCode(body: ResponseBody, text: string | undefined, sent: string): FoundCode | undefined {
  const value = body.kind === 'json' ? body.value : body.kind === 'text' ? body.text : undefined;
  return asCertain(codeOfGraph(value)) ?? asCertain(markedCodeIn(value, sent)) ?? bareCodeIn(value, text, sent);
}

function asCertain(code: number | undefined): FoundCode | undefined {
  return code === undefined ? undefined : { code, certain: true };
}

/** Returns the code of the first Graph API error, also of one in a JSON string. */
function codeOfGraph(value: unknown, depth = 0): number | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (typeof value === 'string') return codeOfGraph(embeddedIn(value), depth + 1);
  if (Array.isArray(value)) return firstOf(value, (item) => codeOfGraph(item, depth + 1));
  if (!isRecord(value)) return undefined;
  const own = isOfGraph(value) ? metaCode(value.code) : undefined;
  return own ?? firstOf(Object.values(value), (inner) => codeOfGraph(inner, depth + 1));
}

function isOfGraph({ type, fbtrace_id: trace, error_subcode: subcode }: Record<string, unknown>): boolean {
  return (
    typeof trace === 'string' || typeof subcode === 'number' || (typeof type === 'string' && /Exception$/.test(type))
  );
}

/** Parses a text that is, or ends with, an object. */
function embeddedIn(text: string): unknown {
  const start = text.indexOf('{');
  return start < 0 ? undefined : parseJson(text.slice(start));
}

/** Finds `(#131009)`, with which messages of the Graph API begin. */
function markedCodeIn(value: unknown, sent: string): number | undefined {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  for (const [written, code] of text.matchAll(/\(#(\d+)\)/g)) if (!sent.includes(written)) return metaCode(code);
  return undefined;
}

function bareCodeIn(value: unknown, text = '', sent: string): FoundCode | undefined {
  const given = isRecord(value) && isRecord(value.error) ? value.error.code : isRecord(value) ? value.code : undefined;
  const numbers = [/^\d{6}$/.test(String(given)) ? String(given) : '', ...(text.match(BARE_NUMBER) ?? [])];
  const found = numbers.find((number) => isKnownMetaCode(metaCode(number) ?? Number.NaN) && !sent.includes(number));
  return found === undefined ? undefined : { code: Number(found), certain: false };
}

function firstOf<T>(items: readonly T[], find: (item: T) => number | undefined): number | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
