import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MemoryPersonStore } from '../../../../lib/stores/memory/memory-person.store.js';
import type { PersonStore } from '../../../../lib/stores/person.store.js';
import { type Backend, backends } from './backends.js';

const PHONE = '551199990100';
const LID = '90000000000100@lid';
const USER_ID = 'BR.1A2b3C4d';

describe.each(await backends())('PersonStore on $name', ({ open }) => {
  let backend: Backend;
  let one: PersonStore;
  let other: PersonStore;

  beforeAll(async () => {
    backend = await open();
    [one, other] = backend.people();
  });
  afterAll(() => backend.close());

  test('finds a person of another process by phone number and by each id', async () => {
    const person = { phone: PHONE, lid: LID, userId: USER_ID, former: '551199990199' };
    await one.save('sales', person);
    for (const key of [PHONE, LID, USER_ID]) expect(await other.find('sales', key)).toEqual(person);
  });

  test('does not find a person by a former phone number', async () => {
    await one.save('sales', { phone: '551199990101', former: '551199990102' });
    expect(await other.find('sales', '551199990102')).toBeUndefined();
  });

  test('replaces a person under the keys of the new version', async () => {
    const [phone, lid, later] = ['551199990103', '90000000000103@lid', '90000000000104@lid'];
    await one.save('sales', { phone, lid });
    await other.save('sales', { phone, lid: later });
    expect(await one.find('sales', phone)).toEqual({ phone, lid: later });
    expect(await one.find('sales', later)).toEqual({ phone, lid: later });
    expect(await one.find('sales', lid)).toEqual({ phone, lid });
  });

  test('returns undefined for other accounts and unknown keys', async () => {
    await one.save('sales', { phone: PHONE, lid: LID });
    expect(await other.find('support', PHONE)).toBeUndefined();
    expect(await other.find('support', LID)).toBeUndefined();
    expect(await other.find('sales', '551199990105')).toBeUndefined();
    expect(await other.find('sales', '')).toBeUndefined();
  });

  test('stores no person without a phone number and an id', async () => {
    await one.save('sales', { former: '551199990106' });
    expect(await other.find('sales', '551199990106')).toBeUndefined();
  });

  test('saves one person in 40 concurrent calls', async () => {
    const [phone, lid] = ['551199990107', '90000000000107@lid'];
    const saves = Array.from({ length: 40 }, (_, index) => {
      // Uses both orders of the rows: writers must not deadlock.
      const person = index % 4 < 2 ? { phone, lid } : { lid, phone, userId: `BR.many${index}` };
      return (index % 2 ? one : other).save('sales', person);
    });
    await Promise.all(saves);
    expect(await one.find('sales', phone)).toMatchObject({ phone, lid });
    expect(await other.find('sales', lid)).toMatchObject({ phone, lid });
  });
});

test('bounds MemoryPersonStore by forgetting the least recently used person', () => {
  const people = new MemoryPersonStore({ max: 2 });
  people.save('sales', { phone: '551199990108' });
  people.save('sales', { phone: '551199990109' });
  people.find('sales', '551199990108');
  people.save('sales', { phone: '551199990110' });
  expect(people.find('sales', '551199990109')).toBeUndefined();
  expect(people.find('sales', '551199990108')).toEqual({ phone: '551199990108' });
});
