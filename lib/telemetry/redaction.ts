import { isRecord } from '../validation/is-record.js';

const REDACTED = '[redacted]';

/** Lower-case names of the headers with credentials of providers and webhooks. @publicApi */
export const REDACTED_HEADERS: readonly string[] = Object.freeze([
  'authorization',
  'client-token',
  'd360-api-key',
  'webhook-secret',
  'x-360dialog-signature',
  'x-api-key',
  'x-hub-signature',
  'x-hub-signature-256',
  'x-webhook-signature',
  'z-api-token',
]);

/** Names of the query parameters with credentials. @publicApi */
export const REDACTED_QUERY_PARAMETERS: readonly string[] = Object.freeze([
  'access_token',
  'hub.verify_token',
  'webhook-secret',
]);

const CREDENTIALS = /^([a-z][a-z\d+.-]*:)?(\/{2,})[^/?#]*@/i;
/** Path separators, plain or encoded. */
const SLASH = /(\/|\\|%(?:25)*(?:2f|5c))/i;

/**
 * Redacts the secrets of a URL: credentials before the host, Z-API's instance token, and the values of
 * `REDACTED_QUERY_PARAMETERS`. Everything else is unchanged.
 *
 * @param url An absolute URL, or a path with or without a query.
 *
 * @example
 * morgan.token('url', (request) => redactUrl(request.originalUrl ?? request.url ?? ''));
 *
 * @publicApi
 */
export function redactUrl(url: string): string {
  const [, address = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  const shown = address.replace(CREDENTIALS, (_, scheme: string = '', slashes) => `${scheme}${slashes}${REDACTED}@`);
  const parts = [redactPath(shown)];
  if (query !== undefined) parts.push('?', redactQuery(query));
  // Some fragments contain a path and a query.
  if (fragment !== undefined) parts.push('#', redactQuery(redactPath(fragment)));
  return parts.join('');
}

/** Redacts the token in Z-API's paths, `/instances/{id}/token/{token}/…`, in any encoding. */
function redactPath(path: string): string {
  // Every second piece is a separator.
  const pieces = path.split(SLASH);
  const segments = pieces.flatMap((piece, at) => {
    const name = at % 2 === 0 ? decoded(piece).toLowerCase() : '';
    return name === '' || name === '.' ? [] : [{ name, at }];
  });
  segments.forEach(({ name }, index) => {
    if (name !== 'instances') return;
    for (const place of [index + 1, index + 2]) {
      const token = segments[place + 1];
      if (segments[place]?.name === 'token' && token && token.name !== 'token') redactSegment(pieces, token.at);
    }
  });
  return pieces.join('');
}

/** Redacts a segment, including encoded slashes. */
function redactSegment(pieces: string[], start: number): void {
  let end = start + 1;
  while (end < pieces.length && pieces[end] !== '/') end += 1;
  pieces.fill('', start, end);
  pieces[start] = REDACTED;
}

function redactQuery(query: string): string {
  return query.split('&').map(redactPair).join('&');
}

/** Some servers treat `;` as the start of another pair, others as part of the value. */
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

/** Also matches `name[]` and `of[name]`. */
function isRedacted(name: string): boolean {
  const names = decoded(name).toLowerCase().split(/[[\]]/);
  return names.some((each) => REDACTED_QUERY_PARAMETERS.includes(each.trim()));
}

/** Decodes ASCII that is percent-encoded once or repeatedly. */
function decoded(name: string): string {
  const spaced = name.replaceAll('+', ' ');
  return spaced.replace(/%(?:25)*([2-7][\da-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The value of pino's `redact` option. @publicApi */
export interface PinoRedaction {
  /** Paths in pino's notation. */
  paths: string[];
  /** Returns the replacement of a value. */
  censor: (value: unknown, path: string[]) => unknown;
}

/**
 * Creates the `redact` option of pino, pino-http, nestjs-pino and Fastify's logger, which redacts webhook requests.
 *
 * @param requestKey The key of the request in the log, as set by `customAttributeKeys.req`.
 * @default 'req'
 *
 * @example
 * LoggerModule.forRoot({ pinoHttp: { redact: pinoRedaction() } });
 *
 * @publicApi
 */
export function pinoRedaction(requestKey = 'req'): PinoRedaction {
  const url = `${requestKey}.url`;
  const query = `${requestKey}.query`;
  return {
    paths: [
      url,
      ...REDACTED_HEADERS.map((name) => `${requestKey}.headers["${name}"]`),
      // The whole query, because the case of its names varies.
      query,
    ],
    censor: (value, path) => {
      const place = path.join('.');
      if (place === url && typeof value === 'string') return redactUrl(value);
      return place === query ? redactParameters(value) : REDACTED;
    },
  };
}

/** Redacts a query, parsed or not. */
function redactParameters(query: unknown): unknown {
  if (typeof query === 'string') return redactQuery(query);
  if (!isRecord(query)) return query;
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, isRedacted(name) ? REDACTED : value]));
}

/** A request as instrumentation reports it: undici's with `origin` and `path`, Node's with `url`. @publicApi */
export interface InstrumentedRequest {
  /** Such as `https://api.z-api.io`. */
  origin?: string;
  /** With the query. */
  path?: string;
  /** The path of an incoming request, with the query. */
  url?: string | undefined;
}

/**
 * Returns the URL attributes of a span without secrets.
 *
 * Pass it as `startSpanHook` of the undici instrumentation and as `startIncomingSpanHook` of the HTTP instrumentation.
 *
 * @example
 * new UndiciInstrumentation({ startSpanHook: redactedUrlAttributes });
 * new HttpInstrumentation({ startIncomingSpanHook: redactedUrlAttributes });
 *
 * @publicApi
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
