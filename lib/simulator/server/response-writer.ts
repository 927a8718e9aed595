import type { ServerResponse } from 'node:http';
import type { ResponseEnd } from '../faults/fault-response.js';
import type { RecordedRequest } from './recorded-request.interface.js';

/** Sends a response, or part of it, as planned. Returns what was sent. */
export function writeEnding(response: ServerResponse, ending: ResponseEnd): RecordedRequest['answer'] {
  if (ending.kind === 'silence') return undefined;
  if (ending.kind === 'drop') {
    response.socket?.destroy();
    return undefined;
  }
  const { status, headers } = ending.answer;
  const bytes = ending.answer.bytes ?? Buffer.from(ending.answer.body, 'utf8');
  if (ending.kind === 'whole') {
    response.writeHead(status, { ...lowerCased(headers), 'content-length': bytes.length });
    response.end(bytes);
    return { status, body: ending.answer.body.slice(0, MAX_RECORDED_CHARACTERS) };
  }
  const part = bytes.length > 1 ? bytes.subarray(0, Math.floor(bytes.length / 2)) : Buffer.from(' ');
  response.writeHead(status, { ...lowerCased(headers), 'content-length': Math.max(bytes.length, 2) });
  response.write(part, () => response.socket?.destroy());
  return { status, body: part.toString('utf8').slice(0, MAX_RECORDED_CHARACTERS) };
}

/** Maximum length of recorded bodies, in characters. */
export const MAX_RECORDED_CHARACTERS = 16_384;

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
