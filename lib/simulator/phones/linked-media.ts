import type { PhoneContent } from './phone-message.interface.js';

/** Where media that came within a message are had: `?message={id}&part={place}`. */
export const MEDIA_PATH = '/phones/media';

/** Kinds that a browser shows and that cannot act by themselves, as an SVG could. */
const shownKinds = /^data:((?:image\/(?:png|jpe?g|gif|webp)|video\/(?:mp4|webm|3gpp)))(?:;[^,]*)?;base64,/i;

/**
 * The content with media that came as data URIs at an address of their own, as they may have many megabytes. What is of
 * a kind that is not shown has none.
 */
export function linkedMedia(content: PhoneContent, messageId: string): PhoneContent {
  const { header, cards } = content;
  const linked = (url: string, part: number): string => {
    if (!/^data:/i.test(url)) return url;
    const query = new URLSearchParams({ message: messageId, part: String(part) });
    return shownKinds.test(url) ? `${MEDIA_PATH}?${query}` : '';
  };
  return {
    ...content,
    ...(header && header.kind !== 'text' && header.url && { header: { ...header, url: linked(header.url, 0) } }),
    ...(cards && { cards: cards.map((card, place) => ({ ...card, image: linked(card.image, place) })) }),
  };
}

/** The medium that came within a message; undefined where there is none of a kind that is shown. */
export function mediaWithin(content: PhoneContent, part: number): { type: string; bytes: Buffer } | undefined {
  const { header, cards } = content;
  const url = cards?.[part]?.image ?? (header && header.kind !== 'text' ? header.url : undefined) ?? '';
  const [start, kind] = shownKinds.exec(url) ?? [];
  if (start === undefined || kind === undefined) return undefined;
  return { type: kind.toLowerCase(), bytes: Buffer.from(url.slice(start.length), 'base64') };
}
