import { type Answer, jsonAnswer } from './answer.js';

/** Marks an answer that is no provider's: the simulator has not learnt the call. */
export const notPlayedHeader = { 'x-simulator': 'not-played' } as const;

/**
 * The answer to a call that the simulator does not play, in words that cannot be taken for a fault of the caller's body.
 *
 * @param call what was asked for: `POST send-image`
 * @param wrap puts the words into the form of the provider's errors
 */
export function notPlayed(call: string, wrap: (words: string) => unknown = (error) => ({ error })): Answer {
  const words = `The simulator does not play ${call}. The request may be right; docs/simulator.md lists what is played`;
  return jsonAnswer(501, wrap(words), notPlayedHeader);
}
