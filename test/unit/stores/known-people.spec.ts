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

/** A store that counts what is written, and fails as it is asked to. */
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

describe('People', () => {
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
  ])('whom a store makes up of %s are nobody, and the log says why', async (kind, answer) => {
    const find = () => answer as never;
    const strange = new KnownPeople({ find, save: () => {} }, logger);
    expect(await strange.find('a', { phone: PHONE })).toEqual({ phone: PHONE });
    expect(lines).toEqual([
      expect.stringContaining(`PersonStore.find must return a KnownPerson or undefined, and returned ${kind}: `),
    ]);
  });

  it('whom a store has as null are nobody', async () => {
    const unknown = new KnownPeople({ find: () => null as never, save: () => {} }, logger);
    expect(await unknown.find('a', { phone: PHONE, lid: LID })).toEqual({ phone: PHONE, lid: LID });
    expect(lines).toEqual([]);
  });

  const find = async (given: KnownPerson, account = 'z') => {
    const found = Object.entries(await people.find(account, given)).filter(([, value]) => value !== undefined);
    return Object.fromEntries(found);
  };

  it('are known by each of what was named together, also if it was learned apart', async () => {
    await people.learn('z', { phone: PHONE, lid: LID });
    await people.learn('z', { lid: LID, userId: ID });
    const whole = { phone: PHONE, lid: LID, userId: ID };
    expect(await find({ phone: PHONE })).toEqual(whole);
    expect(await find({ lid: LID })).toEqual(whole);
    expect(await find({ userId: ID })).toEqual(whole);
  });

  it('of one account are nobody to another', async () => {
    await people.learn('z', { phone: PHONE, lid: LID });
    expect(await find({ phone: PHONE }, 'z2')).toEqual({ phone: PHONE });
  });

  it('are written only if there is something new', async () => {
    await people.learn('z', { phone: PHONE });
    await people.learn('z', {});
    expect(store.saves).toBe(0);
    await people.learn('z', { phone: PHONE, lid: LID });
    await people.learn('z', { phone: PHONE, lid: LID });
    expect(store.saves).toBe(1);
    await people.learn('z', { phone: PHONE, lid: LID, userId: ID });
    expect(store.saves).toBe(2);
  });

  it('are not mixed: a number that is given to somebody else brings nothing along', async () => {
    await people.learn('z', { phone: PHONE, lid: LID, userId: ID });
    await people.learn('z', { phone: PHONE, lid: OTHER_LID });
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE, lid: OTHER_LID });
    expect(await find({ lid: OTHER_LID })).toEqual({ phone: PHONE, lid: OTHER_LID });
    expect(await find({ lid: LID })).toEqual({ lid: LID, userId: ID });
  });

  it('are only what is asked for if what is known contradicts it', async () => {
    await people.learn('z', { phone: PHONE, lid: LID });
    expect(await find({ phone: OTHER_PHONE, lid: LID })).toEqual({ phone: OTHER_PHONE, lid: LID });
  });

  it('who change their number are found by the new one, by their id, and by what they had', async () => {
    await people.learn('z', { phone: PHONE, userId: ID });
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: OTHER_PHONE });
    const now = { phone: OTHER_PHONE, userId: ID, former: PHONE };
    expect(await find({ phone: OTHER_PHONE })).toEqual(now);
    expect(await find({ userId: ID })).toEqual(now);
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE });
  });

  it('who change nothing have no former number', async () => {
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: PHONE, userId: ID });
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE, userId: ID });
  });

  it('keep a former number until it is known to be of somebody else', async () => {
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: OTHER_PHONE, userId: ID });
    expect(await find({ userId: ID })).toMatchObject({ former: PHONE });
    await people.learn('z', { phone: PHONE, userId: OTHER_ID });
    expect(await find({ userId: ID })).toEqual({ phone: OTHER_PHONE, userId: ID });
  });

  it('keep a former number that is known as theirs', async () => {
    await people.learn('z', { phone: PHONE, userId: ID });
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: OTHER_PHONE, userId: ID });
    expect(await find({ userId: ID })).toMatchObject({ phone: OTHER_PHONE, former: PHONE });
  });

  it('who change number and id at once keep the number from before, until it is known to be of somebody else', async () => {
    await people.learn('z', { phone: PHONE, userId: ID });
    await people.learnChange('z', { phone: PHONE }, { phone: OTHER_PHONE, userId: OTHER_ID });
    const now = { phone: OTHER_PHONE, userId: OTHER_ID, former: PHONE };
    expect(await find({ userId: OTHER_ID })).toEqual(now);
    // A late callback of theirs, and nobody else's.
    await people.learn('z', { phone: PHONE, userId: ID });
    expect(await find({ userId: OTHER_ID })).toEqual(now);
    await people.learn('z', { phone: PHONE, userId: 'BR.3' });
    expect(await find({ userId: OTHER_ID })).toEqual({ phone: OTHER_PHONE, userId: OTHER_ID });
  });

  it('whose change does not say what they had stay as they are known', async () => {
    await people.learn('z', { phone: PHONE, userId: ID });
    await people.learnChange('z', {}, { userId: ID });
    expect(await find({ userId: ID })).toEqual({ phone: PHONE, userId: ID });
  });

  it('who go back to their number have it', async () => {
    await people.learnChange('z', { phone: PHONE, userId: ID }, { phone: OTHER_PHONE, userId: ID });
    await people.learnChange('z', { phone: OTHER_PHONE, userId: ID }, { phone: PHONE, userId: ID });
    expect(await find({ phone: PHONE })).toEqual({ phone: PHONE, userId: ID, former: OTHER_PHONE });
  });

  it.each([
    [new RangeError(`about ${PHONE}`), 'RangeError'],
    ['gone', 'string'],
  ])(
    'are as they were given if their store fails, which the log says without its words (%p)',
    async (failure, name) => {
      store.failure = failure;
      await people.learn('z', { phone: PHONE, lid: LID });
      await people.learnChange('z', { phone: PHONE }, { phone: OTHER_PHONE });
      expect(await find({ phone: PHONE })).toEqual({ phone: PHONE });
      const line = `The store of people failed; an answer may not be matched to its message: ${name}.`;
      expect(lines).toEqual([line, line, line]);
    },
  );
});

describe('A sender', () => {
  it('is a person by keys', () => {
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
  ])('%j and %j contradict each other: %p', (one, other, isContrary) => {
    expect(contradict(one, other)).toBe(isContrary);
    expect(contradict(other, one)).toBe(isContrary);
  });
});
