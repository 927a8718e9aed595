import { isRecord } from '../validation/is-record.js';

const REDACTED = '[redacted]';

/** The headers, in lower case, by which webhooks and requests of the providers prove who they are. */
export const REDACTED_HEADERS: readonly string[] = Object.freeze([
  'authorization',
  'client-token',
  'webhook-secret',
  'x-hub-signature',
  'x-hub-signature-256',
  'z-api-token',
]);

/** The query parameters that do the same. */
export const REDACTED_QUERY_PARAMETERS: readonly string[] = Object.freeze([
  'access_token',
  'hub.verify_token',
  'webhook-secret',
]);

const CREDENTIALS = /^([a-z][a-z\d+.-]*:)?(\/{2,})[^/?#]*@/i;
/** What parts a path, written out or encoded. */
const SLASH = /(\/|\\|%(?:25)*(?:2f|5c))/i;

/**
 * An address without what is secret in it: credentials before the host, Z-API's instance token, and the values of
 * `REDACTED_QUERY_PARAMETERS`. All else stays as it was written.
 *
 * @param url An absolute address, or a path with or without a query.
 *
 * @example
 * morgan.token('url', (request) => redactUrl(request.originalUrl ?? request.url ?? ''));
 */
export function redactUrl(url: string): string {
  const [, address = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  const shown = address.replace(CREDENTIALS, (_, scheme: string = '', slashes) => `${scheme}${slashes}${REDACTED}@`);
  const parts = [redactPath(shown)];
  if (query !== undefined) parts.push('?', redactQuery(query));
  // Some keep a path and a query of their own in it.
  if (fragment !== undefined) parts.push('#', redactQuery(redactPath(fragment)));
  return parts.join('');
}

/** Without the token in Z-API's paths, `/instances/{id}/token/{token}/…`, in whatever writing. */
function redactPath(path: string): string {
  // Every second piece is what stands between the others.
  const pieces = path.split(SLASH);
  const words = pieces.flatMap((piece, at) => {
    const word = at % 2 === 0 ? decoded(piece).toLowerCase() : '';
    return word === '' || word === '.' ? [] : [{ word, at }];
  });
  words.forEach(({ word }, index) => {
    if (word !== 'instances') return;
    for (const place of [index + 1, index + 2]) {
      const token = words[place + 1];
      if (words[place]?.word === 'token' && token && token.word !== 'token') redactSegment(pieces, token.at);
    }
  });
  return pieces.join('');
}

/** What an encoded slash parts is one segment. */
function redactSegment(pieces: string[], start: number): void {
  let end = start + 1;
  while (end < pieces.length && pieces[end] !== '/') end += 1;
  pieces.fill('', start, end);
  pieces[start] = REDACTED;
}

function redactQuery(query: string): string {
  return query.split('&').map(redactPair).join('&');
}

/** To some servers `;` begins another pair, to others it belongs to the value. */
function redactPair(pair: string): string {
  const pieces = pair.split(/([;?#])/);
  const first = pieces.findIndex((piece) => piece.includes('=') && isRedacted(nameIn(piece)));
  const secret = pieces[first];
  if (secret === undefined || secret === `${nameIn(secret)}=`) return pair;
  return `${pieces.slice(0, first).join('')}${nameIn(secret)}=${REDACTED}`;
}

function nameIn(pair: string): string {
  return pair.split('=', 1)[0] ?? '';
}

/** Also of `name[]` and `of[name]`. */
function isRedacted(name: string): boolean {
  const names = decoded(name).toLowerCase().split(/[[\]]/);
  return names.some((each) => REDACTED_QUERY_PARAMETERS.includes(each.trim()));
}

/** ASCII that was encoded once or more often. */
function decoded(name: string): string {
  const spaced = name.replaceAll('+', ' ');
  return spaced.replace(/%(?:25)*([2-7][\da-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** What pino's option `redact` takes. */
export interface PinoRedaction {
  /** Where pino looks, in its own notation. */
  paths: string[];
  /** What it writes in place of what it finds there. */
  censor: (value: unknown, path: string[]) => unknown;
}

/**
 * The option `redact` of pino, pino-http, nestjs-pino and Fastify's logger: what is secret in the request of a webhook.
 *
 * @param requestKey Under which key the request is logged, as `customAttributeKeys.req` says.
 * @default 'req'
 *
 * @example
 * LoggerModule.forRoot({ pinoHttp: { redact: pinoRedaction() } });
 */
export function pinoRedaction(requestKey = 'req'): PinoRedaction {
  const url = `${requestKey}.url`;
  const query = `${requestKey}.query`;
  return {
    paths: [
      url,
      ...REDACTED_HEADERS.map((name) => `${requestKey}.headers["${name}"]`),
      // As a whole: its names may be written in any case.
      query,
    ],
    censor: (value, path) => {
      const place = path.join('.');
      if (place === url && typeof value === 'string') return redactUrl(value);
      return place === query ? redactParameters(value) : REDACTED;
    },
  };
}

/** A parsed query, or one that is a text still. */
function redactParameters(query: unknown): unknown {
  if (typeof query === 'string') return redactQuery(query);
  if (!isRecord(query)) return query;
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, isRedacted(name) ? REDACTED : value]));
}

/** A request as instrumentation shows it: undici's with `origin` and `path`, Node's with `url`. */
export interface InstrumentedRequest {
  /** As `https://api.z-api.io`. */
  origin?: string;
  /** With the query. */
  path?: string;
  /** The path of a request that came in, with the query. */
  url?: string | undefined;
}

/**
 * The attributes of a span that hold an address, without what is secret in it. As `startSpanHook` of undici's
 * instrumentation, and as `startIncomingSpanHook` of HTTP's, it takes the place of what they would write.
 *
 * @example
 * new UndiciInstrumentation({ startSpanHook: redactedUrlAttributes });
 * new HttpInstrumentation({ startIncomingSpanHook: redactedUrlAttributes });
 */
export function redactedUrlAttributes({ origin, path, url }: InstrumentedRequest): Record<string, string> {
  const target = redactUrl(path ?? url ?? '/');
  const [whole = ''] = target.split('#', 1);
  const [pathname = ''] = whole.split('?', 1);
  const query = whole.slice(pathname.length);
  return {
    ...(origin !== undefined && { 'url.full': redactUrl(`${origin}${target}`) }),
    'url.path': pathname,
    ...(query !== '' && { 'url.query': origin === undefined ? query.slice(1) : query }),
  };
}
