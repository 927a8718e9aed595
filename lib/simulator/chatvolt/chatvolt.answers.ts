import type { BodyCheck } from '../checks/body-check.js';
import type { Handling } from '../provider-simulation.interface.js';
import { type HttpResponse, jsonResponse } from '../server/http-response.js';

/** The answer to a body that breaks rules; undefined if it breaks none. */
export function bodyRefusal(check: BodyCheck): Handling | undefined {
  const [fault] = check.faults;
  if (!fault) return undefined;
  const wellFormed = check.faults.every(({ rule }) => rule === 'not-allowed');
  if (wellFormed) {
    // What only WhatsApp objects to comes back through Chatvolt in Meta's words, and as if the fault were theirs.
    return refused(500, `(#131009) Parameter value is not valid: ${fault.message}`);
  }
  return invalid(Object.fromEntries(check.faults.map(({ path, message }) => [path, [message]])));
}

export function invalidBody(details: Readonly<Record<string, readonly string[]>>): HttpResponse {
  return jsonResponse(400, { error: 'error invalid request body', details });
}

export function invalid(details: Readonly<Record<string, readonly string[]>>): Handling {
  return { kind: 'refused', answer: invalidBody(details) };
}

export function refused(status: number, error: string): Handling {
  return { kind: 'refused', answer: jsonResponse(status, { error }) };
}
