import type { PhoneContent, PhoneHeader } from './phone-message.interface.js';

/** The path of media within messages. Its query names the message and the part or reply, or the ID of a file. */
export const MEDIA_PATH = '/phones/media';

/** Types that browsers display and that cannot run scripts, as SVG can. */
const DISPLAYED_TYPES =
  /^(?:image\/(?:png|jpe?g|gif|webp)|video\/(?:mp4|webm|3gpp)|audio\/(?:aac|mpeg|mp4|ogg|wav|webm))$/i;
const DATA_URI = /^data:([^;,]*)(?:;[^,]*)?;base64,/i;

/** A file that a browser can display. */
export interface DisplayedFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * Replaces media in data URIs by URLs, because they may have many megabytes. Media that are not displayed have no URL.
 *
 * @param hasFile Whether the simulator has the file with an ID.
 */
export function linkedMedia(
  content: PhoneContent,
  message: string,
  hasFile: (mediaId: string) => boolean,
): PhoneContent {
  const { header, cards } = content;
  const linked = (given: PhoneHeader, part: number): PhoneHeader =>
    given.kind !== 'text' && given.mediaId && hasFile(given.mediaId)
      ? { ...given, url: `${MEDIA_PATH}?${new URLSearchParams({ id: given.mediaId })}` }
      : linkedHeader(given, { message, part: String(part) });
  return {
    ...content,
    ...(header && { header: linked(header, cards?.length ?? 0) }),
    ...(cards && {
      cards: cards.map((card, place) => ({ ...card, ...(card.header && { header: linked(card.header, place) }) })),
    }),
  };
}

/** @param query What identifies the medium. */
export function linkedHeader<Header extends PhoneHeader>(header: Header, query: Record<string, string>): Header {
  if (header.kind === 'text') return header;
  const [, type] = DATA_URI.exec(header.url ?? '') ?? [];
  if (type === undefined) return header;
  return { ...header, url: DISPLAYED_TYPES.test(type) ? `${MEDIA_PATH}?${new URLSearchParams(query)}` : '' };
}

/** Returns the media within a message: of a card, or of the header after all cards. */
export function mediaWithin(content: PhoneContent, part: number): DisplayedFile | undefined {
  const { header, cards = [] } = content;
  const place = part === cards.length ? header : cards[part]?.header;
  return place && place.kind !== 'text' ? mediaAt(place.url ?? '') : undefined;
}

/** Returns the file in a data URI, if browsers display it. */
export function mediaAt(url: string): DisplayedFile | undefined {
  const [start, type] = DATA_URI.exec(url) ?? [];
  return start === undefined || type === undefined
    ? undefined
    : displayedFile(type, Buffer.from(url.slice(start.length), 'base64'));
}

/** Returns a file, if browsers display it. */
export function displayedFile(type: string, bytes: Buffer): DisplayedFile | undefined {
  const plain = type.split(';', 1).join('').trim().toLowerCase();
  return DISPLAYED_TYPES.test(plain) ? { type: plain, bytes } : undefined;
}
