import type { ResponseBody } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { isKnownMetaCode, metaCode } from '../meta-errors.js';

/** A code of Meta's in an error of somebody else's. */
export interface FoundCode {
  code: number;
  /** Whether it stands as Meta writes it. A bare number may be something else. */
  certain: boolean;
}

/** Objects within objects are looked into so deep. */
const MAX_DEPTH = 8;

/**
 * A number of six digits that stands free; those of four other kinds begin like Meta's codes and are longer, or hang on.
 * One in a path, an address, a price or a share is something else.
 */
const BARE_NUMBER =
  /(?<![\p{L}\p{N}\p{Sc}_./@-])\d{6}(?![\p{L}\p{N}\p{Sc}_./@%-])(?!\s*(?:ms|s|milliseconds|seconds|bytes|tokens)\b)/giu;

/**
 * Meta's code in an answer: as `code` of an object in Graph's form, as `(#n)`, or as a bare number that Meta documents.
 * What went out may be repeated anywhere, so what stands in it is none.
 *
 * @param words The words of the error, without its details.
 * @param sent What went out.
 */
export function findMetaCode(body: ResponseBody, words: string | undefined, sent: string): FoundCode | undefined {
  const value = body.kind === 'json' ? body.value : body.kind === 'text' ? body.text : undefined;
  return certainly(codeOfGraph(value)) ?? certainly(writtenIn(value, sent)) ?? bareIn(value, words, sent);
}

function certainly(code: number | undefined): FoundCode | undefined {
  return code === undefined ? undefined : { code, certain: true };
}

/** The code of the first object in the form of Graph's errors; also of one that was written into a text. */
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

/** The object of which a text consists, or with which it ends. */
function embeddedIn(text: string): unknown {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start));
  } catch {
    return undefined;
  }
}

/** `(#131009)`, as Graph begins its messages. */
function writtenIn(value: unknown, sent: string): number | undefined {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  for (const [written, code] of text.matchAll(/\(#(\d+)\)/g)) if (!sent.includes(written)) return metaCode(code);
  return undefined;
}

function bareIn(value: unknown, words = '', sent: string): FoundCode | undefined {
  const given = isRecord(value) && isRecord(value.error) ? value.error.code : isRecord(value) ? value.code : undefined;
  const numbers = [/^\d{6}$/.test(String(given)) ? String(given) : '', ...(words.match(BARE_NUMBER) ?? [])];
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
