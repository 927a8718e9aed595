import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import type { Issue } from '../../../lib/index.js';
import { DtoValidator, readRules } from '../../../lib/validation/index.js';
import { BASES, type Method } from '../../support/provider-messages.js';
import { documentOf } from './documented-app.js';
import { DTO_OF } from './documented-dtos.js';

jest.setTimeout(60_000);

/** Rules that a schema cannot express. The document describes them in text. */
const IN_WORDS = [
  'differsFrom',
  'hasEqualCards',
  'hasWellFormedTexts',
  'isCoordinate',
  'isDegrees',
  'isEmail',
  'isMedia',
  'isMessageRecipient',
  'isPossiblePhone',
  'isRecipient',
  'isUrl',
  'listRows',
  'mixedButtons',
  'uniqueBy',
];

/** The methods whose messages may have fields that are not declared. */
const OPEN: readonly Method[] = ['chatvoltTemplate', 'chatvoltContact'];

function isInWords({ rule, path }: Issue, method: Method): boolean {
  // Three reply buttons and three others; gaps in a list of 300 flat fields.
  if (method === 'send' && path === 'buttons' && rule === 'maxItems') return true;
  if (method === 'sendLists' && /^section_/.test(path)) return true;
  // The names of further fields are described in text.
  if (OPEN.includes(method) && path !== '' && !path.includes('.') && rule === 'unknownField') return true;
  return IN_WORDS.includes(rule);
}

const VALUES = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      0,
      1,
      15,
      16,
      1.5,
      '',
      ' ',
      '\u00a0',
      ' a ',
      'a',
      '.',
      '..',
      'c\ud83d',
      '\udc00c',
      '\ude00\ud83d',
      'a\u0000b',
      'REPLY',
      'URL',
      'CALL',
      'reply',
      'url',
      'text',
      'image',
    ],
    ...[
      'https://example.com',
      'HTTP://example.com/a?b',
      'http://',
      'https://a b',
      'https:///bank.example@evil.example',
      'https://\\/bank.example@evil.example',
      'ftp://example.com',
      'data:image/png;base64,AA',
      'data:image/png',
    ],
    ...[
      '+55 (11) 99999-9999',
      '5511999999999',
      '---',
      '120363019502650977-group',
      '999999999@lid',
      'a@example.com',
      'news-broadcast',
    ],
    ...[20, 21, 24, 60, 61, 256, 257, 512, 1_024, 1_025, 4_096, 4_097].flatMap((length) => [
      'x'.repeat(length),
      '😀'.repeat(length),
    ]),
    ...[
      {},
      [],
      [null],
      { phone: '5511999999999' },
      { group: 'x' },
      { conversation: '..' },
      { conversation: 'c' },
      { phone: '1', group: '2' },
    ],
    ...[
      { text: 'Top' },
      { image: 'https://example.com/i.png' },
      { text: 'Top', video: 'https://example.com/v.mp4' },
      { link: 'https://example.com', id: '1' },
    ],
    ...[
      { type: 'reply', id: 'z', title: 'Z' },
      { type: 'url', title: 'U', url: 'https://example.com' },
      { type: 'call', title: 'C', phone: '5511999999999' },
    ],
    ...[
      { type: 'URL', label: 'U', url: 'https://example.com' },
      { type: 'CALL', label: 'C' },
      { type: 'copy', title: 'K', code: ' ' },
    ],
    ...[
      { type: 'image', image: { link: 'https://example.com' } },
      { type: 'text', text: 'T', image: { id: '1' } },
      { message_id: 'm' },
    ],
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.webUrl(),
);

interface Change {
  place: number;
  how: 'replace' | 'remove' | 'add a field' | 'repeat an item';
  field: number;
  value: unknown;
}

const CHANGES: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    place: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'add a field', 'repeat an item'),
    field: fc.nat(),
    value: VALUES,
  }),
  { minLength: 0, maxLength: 4 },
);

/** Returns every object and array inside a value, the value itself first. */
function holders(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(holders)];
}

function changed(base: object, changes: readonly Change[], fields: readonly string[]): unknown {
  const copy = structuredClone(base);
  for (const { place, how, field, value: given } of changes) {
    const value = structuredClone(given);
    const all = holders(copy);
    const holder = all[place % all.length] ?? copy;
    const keys = Object.keys(holder);
    const key = keys[field % Math.max(keys.length, 1)] ?? '0';
    if (Array.isArray(holder) && how === 'repeat an item') holder.push(structuredClone(holder[0] ?? value));
    else if (how === 'remove' && !Array.isArray(holder)) Reflect.deleteProperty(holder, key);
    else if (how === 'add a field' && !Array.isArray(holder))
      Reflect.set(holder, fields[field % fields.length] ?? 'x', value);
    else Reflect.set(holder, key, value);
  }
  return copy;
}

describe('OpenAPI schemas of the DTOs', () => {
  const validator = new DtoValidator();
  const schemas = new Map<Method, ValidateFunction>();
  const methods = Object.keys(DTO_OF) as Method[];

  beforeAll(async () => {
    const document = JSON.parse(JSON.stringify(await documentOf()));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema(document, 'document');
    for (const method of methods) {
      schemas.set(method, ajv.compile({ $ref: `document#/components/schemas/${DTO_OF[method].name}` }));
    }
  });

  const accepts = (method: Method, value: unknown) => {
    const validate = schemas.get(method);
    if (!validate) throw new Error(`There is no schema of ${method}`);
    return validate(value);
  };

  it.each(methods)('accepts the same arguments of %s as DtoValidator', (method) => {
    const dto = DTO_OF[method];
    expect(accepts(method, BASES[method])).toBe(true);
    const nested = readRules(dto).properties.flatMap((property) =>
      property.nested ? readRules(property.nested.of()).properties : [],
    );
    const fields = [...readRules(dto).properties, ...nested]
      .map(({ name }) => name)
      .concat('unknown', 'type', 'phone', 'id');
    let [accepted, refused] = [0, 0];
    fc.assert(
      fc.property(CHANGES, (changes) => {
        const value = changed(BASES[method], changes, fields);
        const issues = validator.validate(dto, value);
        if (issues.length === 0) accepted += 1;
        if (accepts(method, value)) expect(issues.filter((issue) => !isInWords(issue, method))).toEqual([]);
        else {
          refused += 1;
          expect({ value, issues }).not.toEqual({ value, issues: [] });
        }
      }),
      { numRuns: 600 },
    );
    expect({ accepted: accepted > 10, refused: refused > 100 }).toEqual({ accepted: true, refused: true });
  });

  it.each([
    ['sendMessage', { conversationId: 'c', message: 'm', phone: '5511999999999', channel: 'whatsapp' }],
    ['sendMessage', { message: 'm', phone: '5511999999999' }],
    ['sendButtons', { ...BASES.sendButtons, button_3_title: 'Third' }],
    ['sendButtons', { ...BASES.sendButtons, button_4_id: 'x', button_4_title: 'y' }],
    [
      'sendButtonList',
      {
        ...BASES.sendButtonList,
        buttonList: { ...BASES.sendButtonList.buttonList, image: 'https://a.b', video: 'https://a.b' },
      },
    ],
    ['send', { ...BASES.send, header: { text: 'a', image: 'https://a.b' } }],
    ['send', { ...BASES.send, buttons: [{ type: 'reply', id: 'a', title: 'A', url: 'https://a.b' }] }],
    ['sendButtonActions', { ...BASES.sendButtonActions, buttonActions: [{ type: 'URL', label: 'x' }] }],
  ] as const)('rejects conflicting fields of %s, as DtoValidator does: %j', (method, value) => {
    expect(validator.validate(DTO_OF[method], value)).not.toEqual([]);
    expect(accepts(method, value)).toBe(false);
  });
});
