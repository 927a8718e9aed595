import { Injectable } from '@nestjs/common';
import { failureOf, StoreAnswerError } from '../errors/store-answer.error.js';
import type { EventSender } from '../events/messaging-event.interface.js';
import { recipientKey } from '../message/recipient.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { isRecord } from '../validation/is-record.js';
import { type KnownPerson, keysOfPerson, PersonStore } from './person.store.js';

const KINDS = ['phone', 'lid', 'userId'] as const;

/** Learns which phone number, lid and user ID belong to one person. It never rejects. */
@Injectable()
export class KnownPeople {
  constructor(
    private readonly store: PersonStore,
    private readonly logger: MessagingLogger,
  ) {}

  /** Learns that these identifiers, which a provider reported together, belong to one person. */
  async learn(account: string, named: KnownPerson): Promise<void> {
    const keys = keysOfPerson(named);
    if (keys.length < 2) return;
    await this.attempt(undefined, async () => {
      const known = await this.findAll(account, keys);
      // A contradiction is outdated: phone numbers are assigned to other people.
      const person = merged([...known.filter((each) => !contradict(each, named)), named]);
      const isNew = known.length < keys.length || known.some((each) => !isSame(each, person));
      if (isNew) await this.store.save(account, person);
    });
  }

  /** Learns that a person's identifier changed. */
  async learnChange(account: string, previous: KnownPerson, current: KnownPerson): Promise<void> {
    // The previous owner is not reported, so what is known of the current one remains.
    if (keysOfPerson(previous).length === 0) return this.learn(account, current);
    await this.attempt(undefined, async () => {
      const known = await this.findAll(account, keysOfPerson(previous));
      const former = KINDS.map((kind) => (previous[kind] === current[kind] ? undefined : previous[kind]));
      const formerKey = former.find((key) => key !== undefined);
      const changed = formerKey === undefined ? current : { ...current, former: formerKey };
      const person = merged([...known, changed]);
      await this.leaveBehind(account, merged([...known, previous]), person);
      await this.store.save(account, person);
    });
  }

  /** Separates identifiers that the person no longer has. They have no new owner yet. */
  private async leaveBehind(account: string, before: KnownPerson, now: KnownPerson): Promise<void> {
    const keys = keysOfPerson(now);
    const left = KINDS.filter((kind) => before[kind] !== undefined && !keys.includes(before[kind]));
    if (left.length === 0 || keys.length === 0) return;
    const former = Object.fromEntries(left.map((kind) => [kind, before[kind]]));
    await this.store.save(account, { ...former, successor: keys[0] });
  }

  /** Returns everything that is known of a person, including the given identifiers. */
  async find(account: string, given: KnownPerson): Promise<KnownPerson> {
    return this.attempt(given, async () => {
      const known = await this.findAll(account, keysOfPerson(given));
      const person = merged([...known.filter((each) => !contradict(each, given)), given]);
      return this.withoutStale(account, person, given);
    });
  }

  /** Removes identifiers that have meanwhile become another person's. */
  private async withoutStale(account: string, person: KnownPerson, given: KnownPerson): Promise<KnownPerson> {
    let current = person;
    for (const kind of KINDS) {
      const key = given[kind] === undefined ? person[kind] : undefined;
      const owner = key === undefined ? undefined : await this.findOne(account, key);
      if (owner && contradict(owner, person)) current = { ...current, [kind]: undefined };
    }
    if (person.former === undefined) return current;
    const heir = await this.findOne(account, person.former);
    const keys = keysOfPerson(person);
    const isStillTheirs = !heir || [...keysOfPerson(heir), heir.successor].some((key) => key && keys.includes(key));
    return isStillTheirs ? current : { ...current, former: undefined };
  }

  private async findAll(account: string, keys: readonly string[]): Promise<KnownPerson[]> {
    const found = await Promise.all(keys.map((key) => this.findOne(account, key)));
    return found.filter((person) => person !== undefined);
  }

  private async findOne(account: string, key: string): Promise<KnownPerson | undefined> {
    const found: unknown = await this.store.find(account, key);
    if (found === undefined || found === null) return undefined;
    if (isPerson(found)) return found;
    throw new StoreAnswerError('PersonStore.find', 'a KnownPerson or undefined', found);
  }

  private async attempt<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const failure = failureOf(error);
      this.logger.error(`The person store failed, so a reply may not be matched to its message: ${failure}.`);
      return otherwise;
    }
  }
}

function isPerson(value: unknown): value is KnownPerson {
  if (!isRecord(value)) return false;
  return [...KINDS, 'former', 'successor'].every((key) => value[key] === undefined || typeof value[key] === 'string');
}

/** Returns the identifiers of a sender as keys. */
export function personOf({ phone, lid, userId }: EventSender): KnownPerson {
  return {
    ...(phone !== undefined && { phone: recipientKey({ phone }) }),
    ...(lid !== undefined && { lid }),
    ...(userId !== undefined && { userId }),
  };
}

/** Whether two descriptions contain different values of the same identifier. */
export function contradict(one: KnownPerson, other: KnownPerson): boolean {
  return KINDS.some((kind) => one[kind] !== undefined && other[kind] !== undefined && one[kind] !== other[kind]);
}

/** Merges descriptions. Later values win. The result has no successor, because the person has identifiers. */
function merged(people: readonly KnownPerson[]): KnownPerson {
  const named = people.flatMap((known) => Object.entries(known));
  return Object.fromEntries(named.filter(([field, value]) => value !== undefined && field !== 'successor'));
}

function isSame(one: KnownPerson, other: KnownPerson): boolean {
  return KINDS.every((kind) => one[kind] === other[kind]) && one.former === other.former;
}
