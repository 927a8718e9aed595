import { decodeContent } from './content-encoding.js';

/** The most that is read of an answer, in bytes. */
export const MAX_RESPONSE_BYTES = 1_048_576;

/**
 * The body of an answer.
 *
 * - `json`: a JSON value.
 * - `text`: words in plain text.
 * - `empty`: nothing.
 * - `unreadable`: HTML, cut JSON, more than a megabyte, an unknown encoding.
 */
export type ResponseBody =
  | { kind: 'json'; value: unknown }
  | { kind: 'text'; text: string }
  | { kind: 'empty' }
  | { kind: 'unreadable' };

/** What a provider answered. */
export interface HttpResponse {
  status: number;
  body: ResponseBody;
  /** From `Retry-After`, which gives seconds or a date; in milliseconds. */
  retryAfterMs?: number;
  /** `X-Business-Use-Case-Usage`: how Meta's Graph API counts calls, in place of `Retry-After`. JSON, as it came. */
  callUsage?: string;
}

/** An answer as it came over the wire. */
export interface RawHttpResponse {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  bytes: Buffer;
  tooLarge: boolean;
}

/**
 * Reads an answer: its status, how long to wait, and what its body is. At once, unless the body is packed, which hardly
 * any is.
 */
export function parseResponse(raw: RawHttpResponse): HttpResponse | Promise<HttpResponse> {
  if (raw.tooLarge) return responseWith(raw, { kind: 'unreadable' });
  const encoding = first(raw.headers['content-encoding']);
  if (encoding === undefined) return responseWith(raw, parse(raw.bytes.toString('utf8')));
  return decodedBody(raw.bytes, encoding).then((body) => responseWith(raw, body));
}

function responseWith(raw: RawHttpResponse, body: ResponseBody): HttpResponse {
  const retryAfterMs = parseRetryAfter(first(raw.headers['retry-after']));
  const callUsage = first(raw.headers['x-business-use-case-usage']);
  return {
    status: raw.status,
    body,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(callUsage !== undefined && { callUsage }),
  };
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
  // A byte order mark is white space too.
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  try {
    return { kind: 'json', value: JSON.parse(trimmed) };
  } catch {
    // JSON that was cut, or a page of a proxy in between, says nothing of the message; words do.
    return /^[[{"<]/.test(trimmed) ? { kind: 'unreadable' } : { kind: 'text', text: trimmed };
  }
}

/** All forms of HTTP's dates have the time of the day. */
const HTTP_DATE = /\d\d:\d\d:\d\d/;

/** The wait that `Retry-After` asks for, in milliseconds; undefined where it is missing or makes no sense. */
export function parseRetryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Math.round(Number(header) * 1_000);
  // Date.parse takes much for a date that is none: -1 is a month of the year 2001.
  const date = HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
