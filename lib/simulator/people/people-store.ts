import { BodyCheck } from '../checks/body-check.js';
import { isJsonObject } from '../json.js';
import type { NewSimulatedPerson, PersonShowing, SimulatedPerson } from './person.interface.js';
import { personName } from './person-name.js';

const SHOWN_AS: readonly PersonShowing[] = ['number', 'number-alone', 'ids', 'id-as-number'];
const USER_ID_PATTERN = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
const TEXT_FIELDS = ['name', 'phone', 'lid', 'userId', 'parentUserId', 'username', 'shows'] as const;

/** Checks for a business-scoped user ID of WhatsApp. */
export function isUserId(address: string): boolean {
  return USER_ID_PATTERN.test(address);
}

/** What was given about a person, and the resulting person. */
interface AddedPerson {
  readonly given: NewSimulatedPerson;
  readonly person: SimulatedPerson;
}

/** Stores the people that were added. Others are derived from their address, always in the same way. */
export class PeopleStore {
  private added: readonly AddedPerson[] = [];

  /**
   * Adds a person, or merges with the one who has the same phone number, lid or user ID. New values replace old ones.
   *
   * @throws TypeError if it does not describe a person.
   */
  add(given: unknown): SimulatedPerson {
    const described = readPerson(given);
    const same = this.added.filter(({ person }) => isSame(person, described));
    let known: NewSimulatedPerson = {};
    for (const one of same) known = { ...known, ...one.given };
    return this.replace(same, { ...known, ...described });
  }

  /** Changes a person's phone number or user ID, and keeps the rest. */
  change(before: SimulatedPerson, change: NewSimulatedPerson): void {
    this.replace(
      this.added.filter(({ person }) => person === before),
      { ...before, ...change },
    );
  }

  list(): SimulatedPerson[] {
    return this.added.map(({ person }) => person);
  }

  /**
   * Returns a person.
   *
   * @param address A phone number in any format, a lid, a user ID, a user name, or any other ID of the provider.
   */
  at(address: string): SimulatedPerson {
    const number = /^\+?\d+$/.test(address) ? address.replace('+', '') : undefined;
    const known = this.list().find(({ phone, lid, userId, parentUserId, username }) =>
      number === undefined
        ? [lid, userId, parentUserId, username].includes(address)
        : phone !== undefined && (phone === number || otherWriting(phone) === number),
    );
    return known ?? derivedPersonAt(address);
  }

  private replace(before: readonly AddedPerson[], given: NewSimulatedPerson): SimulatedPerson {
    const person = derived(given);
    this.added = [...this.added.filter((one) => !before.includes(one)), { given, person }];
    return person;
  }
}

/** Adds or removes the ninth digit of a Brazilian mobile number. Returns undefined for other numbers. */
function otherWriting(phone: string): string | undefined {
  const long = /^(55\d{2})9(\d{8})$/.exec(phone);
  if (long) return `${long[1]}${long[2]}`;
  const short = /^(55\d{2})([6-9]\d{7})$/.exec(phone);
  return short ? `${short[1]}9${short[2]}` : undefined;
}

function derivedPersonAt(address: string): SimulatedPerson {
  if (address.endsWith('@lid')) return derived({ lid: address, shows: 'id-as-number' });
  if (isUserId(address)) return derived({ userId: address, shows: 'ids' });
  const number = address.replace(/\D/g, '');
  return derived(
    /^\+?\d+$/.test(address) ? { phone: number } : { name: personName(address), lid: `${number || 0}@lid` },
  );
}

function readPerson(given: unknown): NewSimulatedPerson {
  const check = new BodyCheck(isJsonObject(given) ? given : {});
  check.only(...TEXT_FIELDS);
  const { name, phone, lid, userId, parentUserId, username } = check.optionalTexts(...TEXT_FIELDS);
  const shows = check.optionalWord('shows', SHOWN_AS);
  if (phone !== undefined && !/^\d+$/.test(phone)) check.addIssue('phone', 'malformed', 'must contain digits only');
  if (lid !== undefined && !lid.endsWith('@lid')) check.addIssue('lid', 'malformed', 'must end with @lid');
  if (userId !== undefined && !isUserId(userId))
    check.addIssue('userId', 'malformed', 'must have the format BR.1A2B3C4D5E6F');
  if (!phone && !lid && !userId) check.addIssue('', 'missing', 'a person must have a phone, a lid or a userId');
  const [issue] = check.issues;
  if (issue) throw new TypeError(`Invalid person: ${issue.message}`);
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

/** Derives the missing properties of a person from the known ones. */
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
