import { describe, expect, it } from '@jest/globals';
import { DtoValidator } from '../../../lib/validation/index.js';
import { DTO_OF } from '../../integration/swagger/documented-dtos.js';
import { BASES, type Method } from '../../support/provider-messages.js';

const BROKEN = [
  'a\ud83d',
  '\ude00a',
  'a\u0000',
  'a\ud83d@shop.example',
  'https://shop.example/\ud83d',
  '+55119888\ud83d',
];

/** Lists the path of every string in a message. */
function texts(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path === '' ? '' : `${path}.`}${key}`;
    return texts(inner, at);
  });
}

function withText(value: unknown, path: string, text: string, at = ''): unknown {
  if (at === path) return text;
  if (Array.isArray(value)) return value.map((inner, index) => withText(inner, path, text, `${at}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    return [key, withText(inner, path, text, at === '' ? key : `${at}.${key}`)];
  });
  return Object.fromEntries(entries);
}

const validator = new DtoValidator();
const EMAIL = { message: 'Hello', email: 'ana@shop.example', agentId: 'agent-1', channel: 'website' };
const MESSAGES: [Method, unknown][] = [
  ...Object.keys(DTO_OF).map((method): [Method, unknown] => [method as Method, BASES[method as Method]]),
  ['sendMessage', EMAIL],
];

describe('DtoValidator with a lone surrogate or NUL in a text', () => {
  it.each(MESSAGES)('reports the path of a broken text anywhere in %s', (method, message) => {
    for (const path of texts(message)) {
      for (const text of BROKEN) {
        const issues = validator.validate(DTO_OF[method], withText(message, path, text));
        expect({ path, text, found: issues.some((issue) => issue.path === path) }).toEqual({ path, text, found: true });
      }
    }
  });
});
