import { type HttpResponse, jsonResponse } from './http-response.js';

/** Marks an answer that is no provider's: the simulator has not learnt the call. */
export const NOT_SIMULATED_HEADER = { 'x-simulator': 'not-played' } as const;

/**
 * The answer to a call that the simulator does not play, in words that cannot be taken for a fault of the caller's body.
 *
 * @param call what was asked for: `POST send-image`
 * @param wrap puts the words into the form of the provider's errors
 */
export function notSimulated(call: string, wrap: (words: string) => unknown = (error) => ({ error })): HttpResponse {
  const words = `The simulator does not play ${call}. The request may be right; docs/simulator.md lists what is played`;
  return jsonResponse(501, wrap(words), NOT_SIMULATED_HEADER);
}
