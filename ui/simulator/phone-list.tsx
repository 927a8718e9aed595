import { Search, Users } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import type { PhoneEntry } from '../phone/client/phone-book.js';
import { plainText } from '../phone/formatting/plain-text.js';
import { Icon } from '../phone/icons/icon.js';
import { useTexts } from '../phone/language/language.js';
import type { Texts } from '../phone/language/texts.interface.js';
import { dayOf, timeOf } from '../phone/phone/day.js';
import { Outcome } from '../phone/phone/outcome.js';
import { Ticks } from '../phone/phone/ticks.js';
import { timelineOf } from '../phone/phone/timeline.js';
import { shownAddress, shownName } from './address.js';

export interface PhoneListProps {
  readonly phones: readonly PhoneEntry[];
  /** The address of the phone that is shown. */
  readonly shown: string | undefined;
  readonly unread: ReadonlyMap<string, number>;
  readonly onChoose: (address: string) => void;
}

/** The number of phones shown at first, and added by each "Show more". */
const PAGE_SIZE = 100;

/** Lists all phones, latest message first. */
export function PhoneList({ phones, shown, unread, onChoose }: PhoneListProps) {
  const texts = useTexts();
  const [wanted, setWanted] = useState('');
  const [drawn, setDrawn] = useState(PAGE_SIZE);
  const found = wanted.trim() === '' ? phones : phones.filter((phone) => fits(phone, wanted, texts.group));
  const left = found.length - drawn;
  return (
    <nav class="phone-list" aria-label={texts.phones}>
      <label class="search">
        <Icon of={Search} size={17} />
        <span class="unseen">{texts.search}</span>
        <input
          type="search"
          value={wanted}
          placeholder={texts.search}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      </label>
      {found.length === 0 && <p class="nothing-found">{texts.nothingFound}</p>}
      <ul>
        {found.slice(0, drawn).map((phone) => (
          <li key={phone.owner.address}>
            <PhoneRow
              phone={phone}
              isShown={phone.owner.address === shown}
              unread={unread.get(phone.owner.address) ?? 0}
              onChoose={onChoose}
            />
          </li>
        ))}
        {left > 0 && (
          <li>
            <button type="button" class="more-phones" onClick={() => setDrawn(drawn + PAGE_SIZE)}>
              {texts.morePhones(left)}
            </button>
          </li>
        )}
      </ul>
    </nav>
  );
}

interface PhoneRowProps {
  readonly phone: PhoneEntry;
  readonly isShown: boolean;
  readonly unread: number;
  readonly onChoose: (address: string) => void;
}

/** Memoized, because there may be thousands of rows. */
function PhoneRow({ phone, isShown, unread, onChoose }: PhoneRowProps) {
  const texts = useTexts();
  return useMemo(
    () => drawnRow({ phone, isShown, unread, onChoose }, texts),
    [phone, isShown, unread, onChoose, texts],
  );
}

function drawnRow({ phone: { owner, messages, lastAt }, isShown, unread, onChoose }: PhoneRowProps, texts: Texts) {
  const name = shownName(owner, texts.group);
  const address = shownAddress(owner.address);
  const last = timelineOf(messages.slice(-1)).at(-1);
  const day = dayOf(lastAt, texts);
  return (
    <button
      type="button"
      class="phone-row"
      data-phone={owner.address}
      aria-current={isShown ? 'true' : undefined}
      onClick={() => onChoose(owner.address)}
    >
      <span class={`portrait portrait--${portraitOf(owner.address)}`} aria-hidden="true">
        {owner.name ? initials(name) : <Icon of={Users} size={20} />}
      </span>
      <span class="phone-row-text">
        <span class="phone-row-head">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <time dateTime={lastAt}>{day === texts.today ? timeOf(lastAt, texts) : day}</time>
        </span>
        {name !== address && <span class="phone-row-number">{address}</span>}
        <span class="phone-row-last">
          {last?.kind === 'message' && <Ticks status={last.message.status} />}
          {last?.kind === 'answer' && last.answer.webhook && <Outcome outcome={last.answer.webhook} isMark />}
          <bdi>{last?.kind === 'answer' ? last.answer.text : lastText(messages)}</bdi>
          {unread > 0 && (
            <span class="unread">
              <span aria-hidden="true">{unread}</span>
              <span class="unseen">{texts.unread(unread)}</span>
            </span>
          )}
        </span>
      </span>
    </button>
  );
}

function lastText(messages: PhoneEntry['messages']): string {
  const content = messages.at(-1)?.content;
  return plainText((content?.text || content?.pix?.merchant || '').slice(0, 120));
}

function fits({ owner }: PhoneEntry, wanted: string, group: string): boolean {
  const query = plain(wanted.trim());
  const digits = wanted.replace(/\D/g, '');
  const isNumber = digits !== '' && /^[\d\s()+.-]+$/.test(wanted);
  return isNumber
    ? owner.address.includes(digits)
    : plain(`${shownName(owner, group)} ${owner.address}`).includes(query);
}

/** Removes case and accents for searching. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function initials(name: string): string {
  const names = name.split(' ');
  return `${names[0]?.[0] ?? ''}${names.at(-1)?.[0] ?? ''}`;
}

function portraitOf(address: string): number {
  return [...address].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 6;
}
