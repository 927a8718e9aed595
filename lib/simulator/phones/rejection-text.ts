import { isJsonObject, parsedJson } from '../json.js';

const MAX_CHARACTERS = 400;

/** What a provider's refusal says in words, out of the JSON that each wraps them in; any other answer as it is. */
export function rejectionText(answer: string): string {
  const said = wordsIn(parsedJson(answer)) ?? answer;
  return said.slice(0, MAX_CHARACTERS);
}

function wordsIn(answer: unknown): string | undefined {
  if (typeof answer === 'string') return answer;
  if (!isJsonObject(answer)) return undefined;
  const { error_data: data, details, error, message } = answer;
  if (isJsonObject(data)) return wordsIn(data);
  const words = wordsIn(error) ?? wordsIn(message);
  if (details === undefined) return words;
  return [words, wordsIn(details) ?? JSON.stringify(details)].filter((part) => part !== undefined).join(': ');
}
