import { BodyCheck } from '../checks/body-check.js';
import { isJsonObject } from '../json.js';
import type { NewSimulatedPerson, PersonShowing, SimulatedPerson } from './person.interface.js';
import { personName } from './person-name.js';

const showings: readonly PersonShowing[] = ['number', 'number-alone', 'ids', 'id-as-number'];
const userIdPattern = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
const texts = ['name', 'phone', 'lid', 'userId', 'parentUserId', 'username', 'shows'] as const;

/** Whether this is a business-scoped user id of WhatsApp. */
export function isUserId(address: string): boolean {
  return userIdPattern.test(address);
}

/** What was said of a person, and the person that this makes. */
interface Introduced {
  readonly given: NewSimulatedPerson;
  readonly person: SimulatedPerson;
}

/** The people who were introduced. Anyone else is made up of the address, always in the same way. */
export class PeopleStore {
  private introduced: readonly Introduced[] = [];

  /**
   * Adds to what is known of the person who has the same phone, lid or user id; what is given wins.
   *
   * @throws TypeError if it describes no person
   */
  add(given: unknown): SimulatedPerson {
    const described = readPerson(given);
    const same = this.introduced.filter(({ person }) => isSame(person, described));
    let known: NewSimulatedPerson = {};
    for (const one of same) known = { ...known, ...one.given };
    return this.replace(same, { ...known, ...described });
  }

  /** A person has another number or user id from now on, and keeps all else. */
  change(before: SimulatedPerson, change: NewSimulatedPerson): void {
    this.replace(
      this.introduced.filter(({ person }) => person === before),
      { ...before, ...change },
    );
  }

  list(): SimulatedPerson[] {
    return this.introduced.map(({ person }) => person);
  }

  /** @param address a number in any of its writings, a lid, a user id, a user name, or what else the provider has */
  at(address: string): SimulatedPerson {
    const number = /^\+?\d+$/.test(address) ? address.replace('+', '') : undefined;
    const known = this.list().find(({ phone, lid, userId, parentUserId, username }) =>
      number === undefined
        ? [lid, userId, parentUserId, username].includes(address)
        : phone !== undefined && (phone === number || otherWriting(phone) === number),
    );
    return known ?? strangerAt(address);
  }

  private replace(before: readonly Introduced[], given: NewSimulatedPerson): SimulatedPerson {
    const person = derived(given);
    this.introduced = [...this.introduced.filter((one) => !before.includes(one)), { given, person }];
    return person;
  }
}

/** A Brazilian mobile number with or without its ninth digit, the other way round; undefined if it has one writing. */
function otherWriting(phone: string): string | undefined {
  const long = /^(55\d{2})9(\d{8})$/.exec(phone);
  if (long) return `${long[1]}${long[2]}`;
  const short = /^(55\d{2})([6-9]\d{7})$/.exec(phone);
  return short ? `${short[1]}9${short[2]}` : undefined;
}

function strangerAt(address: string): SimulatedPerson {
  if (address.endsWith('@lid')) return derived({ lid: address, shows: 'id-as-number' });
  if (isUserId(address)) return derived({ userId: address, shows: 'ids' });
  const number = address.replace(/\D/g, '');
  return derived(
    /^\+?\d+$/.test(address) ? { phone: number } : { name: personName(address), lid: `${number || 0}@lid` },
  );
}

function readPerson(given: unknown): NewSimulatedPerson {
  const check = new BodyCheck(isJsonObject(given) ? given : {});
  check.only(...texts);
  const [name, phone, lid, userId, parentUserId, username] = texts.map((field) => check.optionalText(field));
  const shows = check.has('shows') ? check.word('shows', showings) : undefined;
  if (phone !== undefined && !/^\d+$/.test(phone)) check.refuse('phone', 'malformed', 'must be digits');
  if (lid !== undefined && !lid.endsWith('@lid')) check.refuse('lid', 'malformed', 'must end with @lid');
  if (userId !== undefined && !isUserId(userId)) check.refuse('userId', 'malformed', 'must be as BR.1A2B3C4D5E6F');
  if (!phone && !lid && !userId) check.refuse('', 'missing', 'a person needs a phone, a lid or a userId');
  const [fault] = check.faults;
  if (fault) throw new TypeError(`This describes no person: ${fault.message}`);
  return {
    ...(name && { name }),
    ...(phone && { phone }),
    ...(lid && { lid }),
    ...(userId && { userId }),
    ...(parentUserId && { parentUserId }),
    ...(username && { username }),
    ...(shows && { shows }),
  };
}

function isSame(known: SimulatedPerson, { phone, lid, userId }: NewSimulatedPerson): boolean {
  return known.lid === lid || known.userId === userId || (phone !== undefined && known.phone === phone);
}

/** The rest of a person, made of what is known. */
function derived(known: NewSimulatedPerson): SimulatedPerson {
  const { phone, lid, userId } = known;
  const address = phone ?? lid ?? userId ?? '';
  const backwards = [...address.replace(/@lid$/, '')].reverse().join('').replace(/\W/g, '');
  const country = (phone ?? '55').startsWith('55') ? 'BR' : 'US';
  return Object.freeze({
    name: personName(address),
    lid: `${/^\d+$/.test(backwards) ? backwards : sumOf(backwards)}@lid`,
    userId: `${country}.${backwards}`,
    shows: phone === undefined ? 'ids' : 'number',
    ...known,
  });
}

function sumOf(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_000_000_039, 81);
}
