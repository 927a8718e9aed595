import { withoutUndefined } from '../message/without-undefined.js';
import { decodeContent } from './content-encoding.js';

/** Maximum size of a response in bytes. */
export const MAX_RESPONSE_BYTES = 1_048_576;

/**
 * The body of a response.
 *
 * - `json`: a JSON value.
 * - `text`: plain text.
 * - `empty`: nothing.
 * - `unreadable`: HTML, truncated JSON, more than a megabyte, or an unsupported encoding.
 */
export type ResponseBody =
  | { kind: 'json'; value: unknown }
  | { kind: 'text'; text: string }
  | { kind: 'empty' }
  | { kind: 'unreadable' };

/** A provider's response. */
export interface HttpResponse {
  status: number;
  body: ResponseBody;
  /** From `Retry-After`, in seconds or as a date, converted to milliseconds. */
  retryAfterMs?: number;
  /** `X-Business-Use-Case-Usage`: the rate limits of Meta's Graph API, which it sends instead of `Retry-After`. JSON. */
  callUsage?: string;
}

/** A response before it is parsed. */
export interface RawHttpResponse {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  bytes: Buffer;
  tooLarge: boolean;
}

/** Parses a response. Synchronous unless the body is compressed, which is rare. */
export function parseResponse(raw: RawHttpResponse): HttpResponse | Promise<HttpResponse> {
  if (raw.tooLarge) return responseWith(raw, { kind: 'unreadable' });
  const encoding = firstValue(raw.headers['content-encoding']);
  if (encoding === undefined) return responseWith(raw, parse(raw.bytes.toString('utf8')));
  return decodedBody(raw.bytes, encoding).then((body) => responseWith(raw, body));
}

function responseWith(raw: RawHttpResponse, body: ResponseBody): HttpResponse {
  const retryAfterMs = parseRetryAfter(firstValue(raw.headers['retry-after']));
  const callUsage = firstValue(raw.headers['x-business-use-case-usage']);
  return { status: raw.status, body, ...withoutUndefined({ retryAfterMs, callUsage }) };
}

async function decodedBody(packed: Buffer, encoding: string): Promise<ResponseBody> {
  try {
    const bytes = await decodeContent(packed, encoding, MAX_RESPONSE_BYTES);
    return parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return { kind: 'unreadable' };
  }
}

function parse(text: string): ResponseBody {
  // A byte order mark is white space, too.
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  try {
    return { kind: 'json', value: JSON.parse(trimmed) };
  } catch {
    // Truncated JSON or a proxy's HTML page says nothing about the message. Plain text does.
    return /^[[{"<]/.test(trimmed) ? { kind: 'unreadable' } : { kind: 'text', text: trimmed };
  }
}

/** All formats of HTTP dates contain a time. */
const HTTP_DATE = /\d\d:\d\d:\d\d/;

/** Parses `Retry-After` into milliseconds. Returns undefined if it is missing or invalid. */
export function parseRetryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Math.round(Number(header) * 1_000);
  // Date.parse accepts values that are not dates: -1 is a month of 2001.
  const date = HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Returns a header's value, or the first one if it occurs several times. */
export function firstValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
