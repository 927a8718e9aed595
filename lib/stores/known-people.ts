import { Injectable } from '@nestjs/common';
import { failureOf, StoreAnswerError } from '../errors/store-answer.error.js';
import type { EventSender } from '../events/messaging-event.interface.js';
import { recipientKey } from '../message/recipient.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { isRecord } from '../validation/is-record.js';
import { type KnownPerson, keysOfPerson, PersonStore } from './person.store.js';

const KINDS = ['phone', 'lid', 'userId'] as const;

/** Learns which number, lid and user id are one person, and says what is known of them. It never fails. */
@Injectable()
export class KnownPeople {
  constructor(
    private readonly store: PersonStore,
    private readonly logger: MessagingLogger,
  ) {}

  /** A provider named these numbers and ids together, so they are one person. */
  async learn(account: string, named: KnownPerson): Promise<void> {
    const keys = keysOfPerson(named);
    if (keys.length < 2) return;
    await this.attempt(undefined, async () => {
      const known = await this.findAll(account, keys);
      // What contradicts is out of date: numbers are given to other people.
      const person = merged([...known.filter((each) => !contradict(each, named)), named]);
      const isNew = known.length < keys.length || known.some((each) => !isSame(each, person));
      if (isNew) await this.store.save(account, person);
    });
  }

  /** A person's number or id changed. */
  async learnChange(account: string, previous: KnownPerson, current: KnownPerson): Promise<void> {
    // Whose it was is not said: what is known of whoever has it now stays.
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

  /** Keeps what somebody is not known by any more apart from them: nobody else has it yet. */
  private async leaveBehind(account: string, before: KnownPerson, now: KnownPerson): Promise<void> {
    const keys = keysOfPerson(now);
    const left = KINDS.filter((kind) => before[kind] !== undefined && !keys.includes(before[kind]));
    if (left.length === 0 || keys.length === 0) return;
    const former = Object.fromEntries(left.map((kind) => [kind, before[kind]]));
    await this.store.save(account, { ...former, successor: keys[0] });
  }

  /** All that is known of somebody, the given numbers and ids included. */
  async find(account: string, given: KnownPerson): Promise<KnownPerson> {
    return this.attempt(given, async () => {
      const known = await this.findAll(account, keysOfPerson(given));
      const person = merged([...known.filter((each) => !contradict(each, given)), given]);
      return this.withoutStale(account, person, given);
    });
  }

  /** Drops what has become another person's since it was learned. */
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
      this.logger.error(`The store of people failed; an answer may not be matched to its message: ${failure}.`);
      return otherwise;
    }
  }
}

function isPerson(value: unknown): value is KnownPerson {
  if (!isRecord(value)) return false;
  return [...KINDS, 'former', 'successor'].every((key) => value[key] === undefined || typeof value[key] === 'string');
}

/** The numbers and ids of a sender, as keys. */
export function personOf({ phone, lid, userId }: EventSender): KnownPerson {
  return {
    ...(phone !== undefined && { phone: recipientKey({ phone }) }),
    ...(lid !== undefined && { lid }),
    ...(userId !== undefined && { userId }),
  };
}

/** Whether two descriptions name different numbers, or different ids of one kind. */
export function contradict(one: KnownPerson, other: KnownPerson): boolean {
  return KINDS.some((kind) => one[kind] !== undefined && other[kind] !== undefined && one[kind] !== other[kind]);
}

/** The later wins; what one does not name stays as the others have it. Whoever is named has no successor. */
function merged(people: readonly KnownPerson[]): KnownPerson {
  const named = people.flatMap((known) => Object.entries(known));
  return Object.fromEntries(named.filter(([field, value]) => value !== undefined && field !== 'successor'));
}

function isSame(one: KnownPerson, other: KnownPerson): boolean {
  return KINDS.every((kind) => one[kind] === other[kind]) && one.former === other.former;
}
