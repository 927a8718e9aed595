import { isJsonObject, parsedJson } from '../json.js';

const MAX_CHARACTERS = 400;

/** Returns the text of a provider's rejection, from the JSON format of any provider, or any other body unchanged. */
export function rejectionText(answer: string): string {
  const text = textIn(parsedJson(answer)) ?? answer;
  return text.slice(0, MAX_CHARACTERS);
}

function textIn(answer: unknown): string | undefined {
  if (typeof answer === 'string') return answer;
  if (!isJsonObject(answer)) return undefined;
  const { error_data: data, details, error, message } = answer;
  if (isJsonObject(data)) return textIn(data);
  const main = textIn(error) ?? textIn(message);
  if (details === undefined) return main;
  return [main, textIn(details) ?? JSON.stringify(details)].filter((part) => part !== undefined).join(': ');
}
