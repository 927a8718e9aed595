import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isBroadcast, personAddress, whatsAppAddress } from '../../../lib/events/whatsapp-address.js';

const NOBODY = { isBroadcast: true } as const;

describe('whatsAppAddress and personAddress', () => {
  it.each<[text: string | undefined, address: object]>([
    ['5511988880001', { phone: '5511988880001' }],
    ['+55 (11) 98888-0001', { phone: '5511988880001' }],
    ['5511988880001@s.whatsapp.net', { phone: '5511988880001' }],
    ['5511988880001:12@s.whatsapp.net', { phone: '5511988880001' }],
    ['5511988880001@c.us', { phone: '5511988880001' }],
    [' 7:3@lid ', { lid: '7@lid' }],
    ['BR.1a2B', { userId: 'BR.1a2B' }],
    ['BR.ENT.1a2B', { userId: 'BR.ENT.1a2B' }],
    ['120363019502650977-group', { group: '120363019502650977-group' }],
    ['5511988880001-1600000000', { group: '5511988880001-1600000000' }],
    ['1203630195@g.us', { group: '1203630195@g.us' }],
    ['1@newsletter', NOBODY],
    ['status@broadcast', NOBODY],
    ['5511-broadcast', NOBODY],
    ['Ana', {}],
    ['a@s.whatsapp.net', {}],
    ['', {}],
    [undefined, {}],
  ])('whatsAppAddress reads %j as %j', (text, address) => {
    const found = whatsAppAddress(text);
    expect(found).toStrictEqual(address);
    expect(isBroadcast(found)).toBe(address === NOBODY);
  });

  it.each([
    ['1203630195@g.us', {}],
    ['1@newsletter', {}],
    ['7@lid', { lid: '7@lid' }],
  ])('personAddress reads %j as %j', (text, person) => expect(personAddress(text)).toStrictEqual(person));

  it('personAddress returns phone numbers and LIDs with digits only, for any text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[\d +().:@a-z-]{0,30}$/),
      fc.stringMatching(/^\d{1,9}@\w*$/),
    );
    fc.assert(
      fc.property(text, (given) => {
        const { phone = '1', lid = '1@lid' } = personAddress(given);
        expect(phone).toMatch(/^[0-9]+$/);
        expect(lid).toMatch(/^[0-9]+@lid$/);
      }),
      { numRuns: 1_000 },
    );
  });
});
