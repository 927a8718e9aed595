import type { IncomingHttpHeaders } from 'node:http';

const MASK = '[masked]';
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'client-token',
  'z-api-token',
  'webhook-secret',
  'cookie',
]);

/** The path with its query, without Z-API's token and without what Meta allows in the query. */
export function maskedPath(path: string): string {
  return path
    .replace(/(\/token\/)[^/?]*/g, `$1${MASK}`)
    .replace(/([?&](?:access_token|appsecret_proof|hub\.verify_token|webhook-secret)=)[^&]*/gi, `$1${MASK}`);
}

/** The headers without what they hold of credentials; of an `Authorization` the scheme is left. */
export function maskedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = String(value);
    if (!SECRET_HEADERS.has(name)) masked[name] = text;
    else masked[name] = /^(?:bearer|basic) /i.test(text) ? `${text.slice(0, text.indexOf(' '))} ${MASK}` : MASK;
  }
  return masked;
}
