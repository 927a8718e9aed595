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

/** Masks Z-API's token and Meta's credentials in a path with its query. */
export function maskedPath(path: string): string {
  return path
    .replace(/(\/token\/)[^/?]*/g, `$1${MASK}`)
    .replace(/([?&](?:access_token|appsecret_proof|hub\.verify_token|webhook-secret)=)[^&]*/gi, `$1${MASK}`);
}

/** Masks credentials in headers. The scheme of `Authorization` is kept. */
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
