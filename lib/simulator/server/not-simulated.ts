import { type HttpResponse, jsonResponse } from './http-response.js';

/** Marks a response of the simulator itself: it does not simulate the operation. */
const NOT_SIMULATED_HEADER = { 'x-simulator': 'not-played' } as const;

/**
 * Returns the response to an operation that is not simulated. Its text does not blame the request.
 *
 * @param call The operation: `POST send-image`.
 * @param wrap Converts the text to the provider's error format.
 */
export function notSimulated(call: string, wrap: (text: string) => unknown = (error) => ({ error })): HttpResponse {
  const text = `The simulator does not support ${call}. The request may be valid. docs/simulator.md lists the supported operations`;
  return jsonResponse(501, wrap(text), NOT_SIMULATED_HEADER);
}
