import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SharedStoreError } from '../../../../lib/queue/stores/index.js';
import { KnownPeople } from '../../../../lib/stores/known-people.js';
import { type KnownPerson, PersonStore } from '../../../../lib/stores/person.store.js';
import { MessagingLogger } from '../../../../lib/telemetry/messaging.logger.js';
import { RecordingLogger } from '../../../support/recording-logger.js';
import { type Backend, backends } from './backends.js';

const silent = new MessagingLogger(false);

describe.each(await backends())('KnownPeople on $name', ({ open }) => {
  let backend: Backend;
  let one: KnownPeople;
  let other: KnownPeople;
  let person: Required<Omit<KnownPerson, 'former' | 'successor'>>;
  let next: typeof person;
  let count = 0;

  beforeAll(async () => {
    backend = await open();
    const [first, second] = backend.people();
    one = new KnownPeople(first, silent);
    other = new KnownPeople(second, silent);
  });
  afterAll(() => backend.close());

  const newPerson = () => {
    count += 1;
    const digits = String(count).padStart(4, '0');
    return { phone: `55119777${digits}`, lid: `9000000000${digits}@lid`, userId: `BR.person${digits}` };
  };
  const meet = () => {
    person = newPerson();
    next = newPerson();
  };

  test('finds a person by phone number and by id, in another process too', async () => {
    meet();
    const { phone, lid } = person;
    await one.learn('sales', { phone, lid });
    expect(await other.find('sales', { phone })).toEqual({ phone, lid });
    expect(await other.find('sales', { lid })).toEqual({ phone, lid });
    expect(await other.find('support', { lid })).toEqual({ lid });
  });

  test('completes a person with each new pair of phone number and id', async () => {
    meet();
    const { phone, lid, userId } = person;
    await one.learn('sales', { phone, lid });
    await other.learn('sales', { phone, userId });
    for (const given of [{ phone }, { lid }, { userId }]) expect(await one.find('sales', given)).toEqual(person);
  });

  test('joins two pairs that belong to the same person', async () => {
    meet();
    const { phone, lid, userId } = person;
    await one.learn('sales', { lid, userId });
    await one.learn('sales', { phone, lid });
    expect(await other.find('sales', { userId })).toEqual(person);
    expect(await other.find('sales', { phone })).toEqual(person);
  });

  test('learns nothing from a phone number or an id alone', async () => {
    meet();
    const { phone, lid } = person;
    await one.learn('sales', { phone });
    await one.learn('sales', { lid });
    expect(await one.find('sales', { phone })).toEqual({ phone });
    expect(await one.find('sales', {})).toEqual({});
  });

  test('removes a phone number from a person when another gets it', async () => {
    meet();
    await one.learn('sales', person);
    await other.learn('sales', { phone: person.phone, lid: next.lid });
    expect(await one.find('sales', { phone: person.phone })).toEqual({ phone: person.phone, lid: next.lid });
    expect(await one.find('sales', { lid: next.lid })).toEqual({ phone: person.phone, lid: next.lid });
    expect(await one.find('sales', { lid: person.lid })).not.toHaveProperty('phone', person.phone);
    expect(await one.find('sales', { userId: person.userId })).not.toHaveProperty('phone', person.phone);
    expect(await one.find('sales', { userId: person.userId })).toMatchObject({ lid: person.lid });
  });

  test('moves an id to its new phone number', async () => {
    meet();
    await one.learn('sales', { phone: person.phone, lid: person.lid });
    await one.learn('sales', { phone: next.phone, lid: person.lid });
    expect(await other.find('sales', { lid: person.lid })).toMatchObject({ phone: next.phone });
    expect(await other.find('sales', { phone: person.phone })).not.toHaveProperty('lid', person.lid);
  });

  test('adds nothing that contradicts the given phone number and id', async () => {
    meet();
    await one.learn('sales', person);
    const given = { phone: next.phone, lid: person.lid };
    expect(await other.find('sales', given)).toEqual(given);
  });

  test('keeps the former phone number after a change, to match replies', async () => {
    meet();
    const { phone, lid } = person;
    await one.learn('sales', { phone, lid });
    await one.learnChange('sales', { phone }, { phone: next.phone });
    for (const given of [{ lid }, { phone: next.phone }]) {
      expect(await other.find('sales', given)).toEqual({ phone: next.phone, lid, former: phone });
    }
    expect(await other.find('sales', { phone })).not.toHaveProperty('lid', lid);
  });

  test('keeps the former user id after a change', async () => {
    meet();
    const { phone, userId } = person;
    await one.learn('sales', { phone, userId });
    await one.learnChange('sales', { phone, userId }, { phone, userId: next.userId });
    expect(await other.find('sales', { userId: next.userId })).toEqual({
      phone,
      userId: next.userId,
      former: userId,
    });
  });

  test('forgets a former phone number when another person gets it', async () => {
    meet();
    const { phone, lid } = person;
    await one.learn('sales', { phone, lid });
    await one.learnChange('sales', { phone }, { phone: next.phone });
    await other.learn('sales', { phone, lid: next.lid });
    const found = await one.find('sales', { lid });
    expect(found).toMatchObject({ phone: next.phone, lid });
    expect(found.former).toBeUndefined();
    expect(await one.find('sales', { phone })).toEqual({ phone, lid: next.lid });
  });

  test('keeps the former phone number when it learns more about the person', async () => {
    meet();
    const { phone, lid, userId } = person;
    await one.learn('sales', { phone, lid });
    await one.learnChange('sales', { phone }, { phone: next.phone });
    await one.learn('sales', { phone: next.phone, userId });
    expect(await other.find('sales', { userId })).toEqual({ phone: next.phone, lid, userId, former: phone });
  });

  test('ignores a field that is undefined', async () => {
    meet();
    const { phone, lid, userId } = person;
    await one.learn('sales', { phone, lid });
    await one.learn('sales', { phone, userId, lid: undefined });
    expect(await other.find('sales', { userId })).toEqual(person);
  });
});

describe('KnownPeople with a failing store', () => {
  class Failing extends PersonStore {
    override find = (_account: string, key: string) =>
      key === '551199990001'
        ? Promise.resolve(undefined)
        : Promise.reject(new SharedStoreError('redis', 'people.find', 'ECONNREFUSED'));
    override save(): never {
      throw new TypeError('551199990000');
    }
  }

  const log = new RecordingLogger();
  const people = new KnownPeople(new Failing(), new MessagingLogger(log));

  test('logs the failure without personal data and returns what was given', async () => {
    const given = { phone: '551199990000', lid: '90000000000000@lid' };
    await people.learn('sales', given);
    await people.learnChange('sales', { phone: '551199990001' }, given);
    expect(await people.find('sales', given)).toEqual(given);
    expect(log.lines).toEqual([
      'The person store failed, so a reply may not be matched to its message: SharedStoreError.',
      'The person store failed, so a reply may not be matched to its message: TypeError.',
      'The person store failed, so a reply may not be matched to its message: SharedStoreError.',
    ]);
  });
});
