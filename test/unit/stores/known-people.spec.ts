import { beforeEach, describe, expect, it } from '@jest/globals';
import { contradict, KnownPeople, personOf } from '../../../lib/stores/known-people.js';
import { MemoryPersonStore } from '../../../lib/stores/memory/memory-person.store.js';
import { type KnownPerson, PersonStore } from '../../../lib/stores/person.store.js';
import { MessagingLogger } from '../../../lib/telemetry/messaging.logger.js';
import { RecordingLogger } from '../../support/recording-logger.js';

const PHONE = '551188880001';
const OTHER_PHONE = '551188880002';
const LID = '5555551@lid';
const OTHER_LID = '5555552@lid';
const ID = 'BR.a';
const OTHER_ID = 'BR.b';

/** Counts saves and fails on demand. */
class CountingStore extends MemoryPersonStore {
  saves = 0;
  failure: unknown;

  override find(account: string, key: string): KnownPerson | undefined {
    if (this.failure !== undefined) throw this.failure;
    return super.find(account, key);
  }

  override save(account: string, person: KnownPerson): void {
    this.saves += 1;
    super.save(account, person);
  }
}

describe('KnownPeople', () => {
  let store: CountingStore;
  let people: KnownPeople;
  let lines: string[];
  let logger: MessagingLogger;

  beforeEach(() => {
    const log = new RecordingLogger();
    lines = log.lines;
    logger = new MessagingLogger(log);
    store = new CountingStore();
    expect(store).toBeInstanceOf(PersonStore);
    people = new KnownPeople(store, logger);
  });

  it.each([
    ['a string', 'mock'],
    ['another array', []],
    ['another object', { phone: 5 }],
    ['a function', () => ({})],
  ])('ignores %s returned by PersonStore.find and logs why', async (kind, answer) => {
    const find = () => answer as never;
    const strange = new KnownPeople({ find, save: () => {} }, logger);
    expect(await strange.find('a', { phone: PHONE })).toEqual({ phone: PHONE });
    expect(lines).toEqual([
      expect.stringContaining(`PersonStore.find must return a KnownPerson or undefined, but returned ${kind}. `),
    ]);
  });

  it('treats null from PersonStore.find as unknown', async () => {
    const unknown = new KnownPeople({ find: () => null as never, save: () => {} }, logger);
    expect(await unknown.find('a', { phone: PHONE, lid: LID })).toEqual({ phone: PHONE, lid: LID });
    expect(lines).toEqual([]);
  });

  const find = async (given: KnownPerson, account = 'z') => {
    const found = Object.entries(await people.find(account, given)).filter(([, value]) => value !== undefined);
    return Object.fromEntries(found);
  };

  it('finds a person by each identifier, including those learned separately', async () => {
    await people.learn('z', { phone: PHONE, lid: LID });
    await people.learn('z', { lid: LID, userId: ID });
    const whole = { phone: PHONE, lid: LID, userId: ID };
    expect(await find({ phone: PHONE })).toEqual(whole);
    expect(await find({ lid: LID })).toEqual(whole);
    expect(await find({ userId: ID })).toEqual(whole);
  });

  it('keeps the people of one account separate from another', async () => {
    await people.learn('z', { phone: PHONE, lid: LID });
    expect(await find({ phone: PHONE }, 'z2')).toEqual({ phone: PHONE });
  });

  it('saves only new information', async () => {
    await people.learn('z', { phone: PHONE });
    await people.learn('z', {});
    expect(store.saves).toBe(0);
    await people.learn('z', { phone: PHONE, lid: LID });
    await people.learn('z', { phone: PHONE, lid: LID });
    expect(store.saves).toBe(1);
    await people.learn('z', { phone: PHONE, lid: LID, userId: ID });
    expect(store.saves).toBe(2);
  });

  it('moves a reassigned phone number without the identifiers of its previous owner', async () => {
    await people.learn('z', { phone: PHONE, lid: LID, userId: ID });
    await people.learn('z', { phone: PHONE, lid: OTHER_LID });
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE, lid: OTHER_LID });
    expect(await find({ lid: OTHER_LID })).toEqual({ phone: PHONE, lid: OTHER_LID });
    expect(await find({ lid: LID })).toEqual({ lid: LID, userId: ID });
  });

  it('returns only the given identifiers when the known ones contradict them', async () => {
    await people.learn('z', { phone: PHONE, lid: LID });
    expect(await find({ phone: OTHER_PHONE, lid: LID })).toEqual({ phone: OTHER_PHONE, lid: LID });
  });

  it('finds a person by the new number and the user ID after a number change', async () => {
    await people.learn('z', { phone: PHONE, userId: ID });
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: OTHER_PHONE });
    const now = { phone: OTHER_PHONE, userId: ID, former: PHONE };
    expect(await find({ phone: OTHER_PHONE })).toEqual(now);
    expect(await find({ userId: ID })).toEqual(now);
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE });
  });

  it('records no former number when nothing changed', async () => {
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: PHONE, userId: ID });
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE, userId: ID });
  });

  it('keeps a former number until it belongs to another person', async () => {
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: OTHER_PHONE, userId: ID });
    expect(await find({ userId: ID })).toMatchObject({ former: PHONE });
    await people.learn('z', { phone: PHONE, userId: OTHER_ID });
    expect(await find({ userId: ID })).toEqual({ phone: OTHER_PHONE, userId: ID });
  });

  it('keeps a former number that was known as this person’s', async () => {
    await people.learn('z', { phone: PHONE, userId: ID });
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: OTHER_PHONE, userId: ID });
    expect(await find({ userId: ID })).toMatchObject({ phone: OTHER_PHONE, former: PHONE });
  });

  it('keeps the former number when number and ID change, until another person has it', async () => {
    await people.learn('z', { phone: PHONE, userId: ID });
    await people.learnChange('z', { phone: PHONE }, { phone: OTHER_PHONE, userId: OTHER_ID });
    const now = { phone: OTHER_PHONE, userId: OTHER_ID, former: PHONE };
    expect(await find({ userId: OTHER_ID })).toEqual(now);
    // A late callback of the same person.
    await people.learn('z', { phone: PHONE, userId: ID });
    expect(await find({ userId: OTHER_ID })).toEqual(now);
    await people.learn('z', { phone: PHONE, userId: 'BR.3' });
    expect(await find({ userId: OTHER_ID })).toEqual({ phone: OTHER_PHONE, userId: OTHER_ID });
  });

  it('ignores a change without the previous identifiers', async () => {
    await people.learn('z', { phone: PHONE, userId: ID });
    await people.learnChange('z', {}, { userId: ID });
    expect(await find({ userId: ID })).toEqual({ phone: PHONE, userId: ID });
  });

  it('restores a person who returns to the former number', async () => {
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: OTHER_PHONE, userId: ID });
    await people.learnChange('z', { phone: OTHER_PHONE, userId: ID }, { phone: PHONE, userId: ID });
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE, userId: ID, former: OTHER_PHONE });
  });

  it.each([
    [new RangeError(`about ${PHONE}`), 'RangeError'],
    ['gone', 'string'],
  ])('returns its input when the store fails, and logs only the error name (%p)', async (failure, name) => {
    store.failure = failure;
    await people.learn('z', { phone: PHONE, lid: LID });
    await people.learnChange('z', { phone: PHONE }, { phone: OTHER_PHONE });
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE });
    const line = `The person store failed, so a reply may not be matched to its message: ${name}.`;
    expect(lines).toEqual([line, line, line]);
  });
});

describe('personOf and contradict', () => {
  it('personOf keeps only the identifiers of a sender', () => {
    expect(personOf({ phone: '5511988880001', lid: LID, userId: ID, name: 'Ana' })).toEqual({
      phone: PHONE,
      lid: LID,
      userId: ID,
    });
    expect(personOf({ group: 'g' })).toEqual({});
  });

  it.each<[one: KnownPerson, other: KnownPerson, isContrary: boolean]>([
    [{}, {}, false],
    [{ phone: PHONE }, { lid: LID }, false],
    [{ phone: PHONE, lid: LID }, { phone: PHONE }, false],
    [{ phone: PHONE, lid: LID }, { phone: OTHER_PHONE, lid: LID }, true],
    [{ lid: LID }, { lid: OTHER_LID }, true],
    [{ userId: ID }, { userId: OTHER_ID }, true],
    [{ former: PHONE }, { former: OTHER_PHONE }, false],
  ])('contradict(%j, %j) returns %p', (one, other, isContrary) => {
    expect(contradict(one, other)).toBe(isContrary);
    expect(contradict(other, one)).toBe(isContrary);
  });
});
