import { emptyResponse, type HttpResponse, jsonResponse, textResponse } from '../server/http-response.js';
import type { AnswerFault, Fault } from './fault.interface.js';
import { isDelay } from './faults.js';

/** How a request ends: with a whole response, part of one, a closed connection, or without any. */
export type ResponseEnd =
  | { readonly kind: 'whole' | 'cut'; readonly answer: HttpResponse }
  | { readonly kind: 'drop' }
  | { readonly kind: 'silence' };

/**
 * Returns how a fault ends a request.
 *
 * @param own The provider's response. Undefined if the fault keeps the request from the provider.
 * @param rateLimited Returns the provider's rate limit response.
 */
export function faultResponse(
  fault: Fault | undefined,
  own: HttpResponse,
  rateLimited: () => HttpResponse,
): ResponseEnd {
  if (fault === undefined) return { kind: 'whole', answer: own };
  if (typeof fault === 'object') {
    if (isDelay(fault)) return faultResponse(fault.next, own, rateLimited);
    if ('status' in fault) return { kind: 'whole', answer: givenAnswer(fault) };
    const limit = rateLimited();
    const headers = { ...limit.headers, 'retry-after': String(fault.retryAfterSeconds) };
    return { kind: 'whole', answer: { ...limit, headers } };
  }
  switch (fault) {
    case 'drop-before-accepting':
    case 'drop-after-accepting':
      return { kind: 'drop' };
    case 'time-out':
    case 'time-out-before-accepting':
      return { kind: 'silence' };
    case 'cut-answer':
      return { kind: 'cut', answer: own };
    case 'garbage':
      return { kind: 'whole', answer: { ...jsonResponse(200, {}), body: '\u0000%%% this is not JSON %%%' } };
    case 'empty-answer':
      return { kind: 'whole', answer: emptyResponse(200) };
    case 'answer-without-ids':
      return { kind: 'whole', answer: jsonResponse(200, {}) };
    case 'oversized-answer':
      return { kind: 'whole', answer: oversized(own) };
    case 'refused-with-200':
      return { kind: 'whole', answer: jsonResponse(200, { error: 'The message was rejected' }) };
    case 'rate-limited':
      return { kind: 'whole', answer: rateLimited() };
    case 'unavailable':
      return { kind: 'whole', answer: jsonResponse(503, { error: 'Service Unavailable' }, { 'retry-after': '1' }) };
  }
}

/** Returns how long the response is delayed, in milliseconds, including nested delays. */
export function delayOf(fault: Fault | undefined): number {
  return fault !== undefined && isDelay(fault) ? fault.delayMs + delayOf(fault.next) : 0;
}

function oversized(own: HttpResponse): HttpResponse {
  const bytes = own.bytes ?? Buffer.from(own.body, 'utf8');
  return { ...own, bytes: Buffer.concat([bytes, Buffer.alloc(2 * 1024 * 1024, ' ')]) };
}

function givenAnswer({ status, body, headers = {} }: AnswerFault): HttpResponse {
  if (body === undefined) return emptyResponse(status, headers);
  if (typeof body !== 'string') return jsonResponse(status, body, headers);
  return textResponse(status, body, body.startsWith('<') ? 'text/html' : 'text/plain', headers);
}
