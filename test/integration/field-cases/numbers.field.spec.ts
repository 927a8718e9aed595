import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as library from '../../../lib/index.js';
import { AREA_CODES } from './area-codes.js';
import { isFields } from './differences.js';
import { FieldApp } from './field-app.js';
import type { Fields } from './field-case.js';
import { questionTo, send } from './messages.js';
import { RuleBasedProvider } from './rule-based-provider.js';

let provider: RuleBasedProvider;
let app: FieldApp | undefined;
beforeEach(async () => {
  provider = await RuleBasedProvider.start();
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  await provider.close();
});

const start = async (module: Fields = {}) => {
  app = await FieldApp.start({ module }, provider.url);
  return app;
};

/** Returns the phone number that a message was sent to, or the class of the error. */
async function reached(started: FieldApp, to: unknown): Promise<unknown> {
  const requests = provider.requests.length;
  try {
    await started.call(send(questionTo(to)));
  } catch (error) {
    const name = error instanceof Error ? error.constructor.name : String(error);
    return provider.requests.length === requests ? name : `${name} after a request`;
  }
  const body = provider.requests.at(-1)?.body;
  return isFields(body) ? body.phone : undefined;
}

/** Returns the recipients that did not reach the expected number, with the result. */
async function misread(started: FieldApp, expected: [to: unknown, phone: unknown][]): Promise<unknown[]> {
  const wrong: unknown[] = [];
  for (const [to, phone] of expected) {
    const actual = await reached(started, to);
    if (![phone].flat().includes(actual)) wrong.push([to, actual]);
  }
  return wrong;
}

/** The forms of a Brazilian mobile number without its country. */
const WRITINGS: [name: string, write: (areaCode: string) => string][] = [
  ['(dd) 9xxxx-xxxx', (areaCode) => `(${areaCode}) 98888-0001`],
  ['dd 9xxxx-xxxx', (areaCode) => `${areaCode} 98888-0001`],
  ['dd9xxxxxxxx', (areaCode) => `${areaCode}988880001`],
];

// Without parentheses, 55 may also be the country code of an old number of area code 98.
const clear = (write: (areaCode: string) => string) =>
  AREA_CODES.filter((areaCode) => areaCode !== '55' || write(areaCode).startsWith('('));

it('AREA_CODES contains 67 area codes', () => {
  expect(new Set(AREA_CODES).size).toBe(67);
});

describe.each(WRITINGS)('Brazilian phone number written as %s', (_, write) => {
  it('rejects the number without a default country, for every area code', async () => {
    const numbers = clear(write).map((areaCode): [string, string] => [write(areaCode), 'InvalidMessageError']);
    expect(await misread(await start(), numbers)).toEqual([]);
    expect(provider.requests).toEqual([]);
  });

  it('rejects the number as { phone } without a default country', async () => {
    const numbers = clear(write).map((areaCode): [unknown, string] => [
      { phone: write(areaCode) },
      'InvalidMessageError',
    ]);
    expect(await misread(await start(), numbers)).toEqual([]);
  });

  it('sends to Brazil with the default country BR, for every area code', async () => {
    const numbers = clear(write).map((areaCode): [string, string] => [write(areaCode), `55${areaCode}988880001`]);
    expect(await misread(await start({ defaultCountry: 'BR' }), numbers)).toEqual([]);
  });

  it('sends to Brazil with the prefix +55', async () => {
    const numbers = AREA_CODES.map((areaCode): [string, string] => [
      `+55 ${write(areaCode)}`,
      `55${areaCode}988880001`,
    ]);
    expect(await misread(await start(), numbers)).toEqual([]);
  });
});

describe('Phone number', () => {
  it('sends a number with + to its country, with any default country', async () => {
    const numbers: [string, string | string[]][] = [
      ['+1 (212) 555-0123', '12125550123'],
      ['+51 912 345 678', '51912345678'],
      ['+31 6 1234 5678', '31612345678'],
      ['+351 912 345 678', '351912345678'],
      ['+52 55 1234 5678', ['525512345678', '5215512345678']],
      ['+54 9 11 2345-6789', ['5491123456789', '541123456789']],
      ['+55 (55) 98888-0001', '5555988880001'],
      // As copied from WhatsApp: between direction marks, with non-breaking hyphens.
      ['\u202a+55 11 98888\u20110001\u202c', '5511988880001'],
      ['\u2068+351 912 345 678\u2069', '351912345678'],
    ];
    expect(await misread(await start(), numbers)).toEqual([]);
    await app?.close();
    expect(await misread(await start({ defaultCountry: 'BR' }), numbers)).toEqual([]);
  });

  it('rejects 51912345678, of Peru or area code 51, without a default country', async () => {
    expect(await misread(await start(), [['51912345678', 'InvalidMessageError']])).toEqual([]);
  });

  it('sends 51912345678 to area code 51 with the default country BR', async () => {
    const numbers: [string, string][] = [['51912345678', '5551912345678']];
    expect(await misread(await start({ defaultCountry: 'BR' }), numbers)).toEqual([]);
  });

  it('sends a number with a country code unchanged', async () => {
    const numbers: [string, string | string[]][] = [
      ['5511988880001', '5511988880001'],
      ['55 11 98888-0001', '5511988880001'],
      ['5571996660007', '5571996660007'],
      ['55 11 8888-0001', ['551188880001', '5511988880001']],
    ];
    expect(await misread(await start(), numbers)).toEqual([]);
    await app?.close();
    expect(await misread(await start({ defaultCountry: 'BR' }), numbers)).toEqual([]);
  });

  it.each([
    ['US', '(212) 555-0123', '12125550123'],
    ['PE', '912 345 678', '51912345678'],
    ['PT', '912 345 678', '351912345678'],
    ['BR', '(11) 3333-4444', '551133334444'],
  ])('uses the default country %s for %s', async (defaultCountry, to, phone) => {
    expect(await misread(await start({ defaultCountry }), [[to, phone]])).toEqual([]);
  });

  it('rejects a number without a country between direction marks', async () => {
    const written = '\u202a(31) 98888\u20110001\u202c';
    expect(await misread(await start(), [[written, 'InvalidMessageError']])).toEqual([]);
    await app?.close();
    expect(await misread(await start({ defaultCountry: 'BR' }), [[written, '5531988880001']])).toEqual([]);
  });

  it('rejects a landline number without a country', async () => {
    expect(await misread(await start(), [['(11) 3333-4444', 'InvalidMessageError']])).toEqual([]);
  });

  it.each(['ZZ', 'Brazil'])('rejects the unknown default country %j', async (defaultCountry) => {
    await expect(start({ defaultCountry })).rejects.toThrow('defaultCountry');
  });
});

describe('recipientKey', () => {
  const keyOf = (recipient: unknown): unknown => {
    const recipientKey: unknown = Reflect.get(library, 'recipientKey');
    if (typeof recipientKey !== 'function') throw new Error('recipientKey is not exported');
    return Reflect.apply(recipientKey, undefined, [recipient]);
  };

  it.each([
    ['5531997770003', ['+55 (31) 99777-0003', '553197770003', { phone: '5531997770003' }, '+55 31 9777-0003']],
    ['525512345678', ['5215512345678', '+52 55 1234 5678', '+52 1 55 1234 5678']],
    ['541123456789', ['5491123456789', '+54 9 11 2345-6789', '+54 11 2345-6789']],
    ['81000000000011@lid', [{ lid: '81000000000011@lid' }]],
    ['BR.1A2B3C4D5E6F', [{ userId: 'BR.1A2B3C4D5E6F' }]],
  ])('returns the same key for each form of %s', (one, others) => {
    expect(typeof keyOf(one)).toBe('string');
    expect(others.map(keyOf)).toEqual(others.map(() => keyOf(one)));
  });

  it('returns a different key for each recipient', () => {
    const all = [
      '5531997770003',
      '5531997770004',
      '12125550123',
      '51912345678',
      '81000000000011@lid',
      '81000000000012@lid',
      'BR.1A2B3C4D5E6F',
      'US.1A2B3C4D5E6F',
      { group: '5531997770003-1623281429' },
      { conversation: '5531997770003' },
      { conversation: 'BR.1A2B3C4D5E6F' },
      { group: '120363019502650977-group' },
    ];
    expect(new Set(all.map(keyOf)).size).toBe(all.length);
  });
});
