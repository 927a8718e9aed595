import type { BodyCheck } from '../checks/body-check.js';
import type { Handling } from '../provider-simulation.js';
import { type HttpResponse, jsonResponse } from '../server/http-response.js';

/** Returns the response to an invalid body, or undefined if it is valid. */
export function bodyRejection(check: BodyCheck): Handling | undefined {
  const [issue] = check.issues;
  if (!issue) return undefined;
  const wellFormed = check.issues.every(({ rule }) => rule === 'not-allowed');
  if (wellFormed) {
    // Chatvolt returns issues that only WhatsApp reports with Meta's text, as its own server error.
    return rejected(500, `(#131009) Parameter value is not valid: ${issue.message}`);
  }
  return invalid(Object.fromEntries(check.issues.map(({ path, message }) => [path, [message]])));
}

export function invalidBody(details: Readonly<Record<string, readonly string[]>>): HttpResponse {
  return jsonResponse(400, { error: 'error invalid request body', details });
}

export function invalid(details: Readonly<Record<string, readonly string[]>>): Handling {
  return { kind: 'refused', answer: invalidBody(details) };
}

export function rejected(status: number, error: string): Handling {
  return { kind: 'refused', answer: jsonResponse(status, { error }) };
}
