import { describe, expect, it } from '@jest/globals';
import { jsonOf } from '../../../lib/adapters/json-fields.js';
import type { HttpResponse } from '../../../lib/transport/http-response.js';

describe('jsonOf', () => {
  const JSON_BODY = { kind: 'json', value: { id: '1' } } as const;

  it.each<[what: string, response: HttpResponse, json: unknown]>([
    ['the body of a 200', { status: 200, body: JSON_BODY }, { id: '1' }],
    ['the body of a 299', { status: 299, body: JSON_BODY }, { id: '1' }],
    ['nothing of a 199', { status: 199, body: JSON_BODY }, undefined],
    ['nothing of a 300', { status: 300, body: JSON_BODY }, undefined],
    ['nothing of a text', { status: 200, body: { kind: 'text', text: '{}' } }, undefined],
  ])('returns %s', (_what, response, json) => expect(jsonOf(response)).toEqual(json));
});
