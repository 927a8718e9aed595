import type { PhoneContent } from './phone-message.interface.js';

/** The path of media within messages: `?message={id}&part={place}`. */
export const MEDIA_PATH = '/phones/media';

/** Types that browsers display and that cannot run scripts, as SVG can. */
const DISPLAYED_TYPES = /^data:((?:image\/(?:png|jpe?g|gif|webp)|video\/(?:mp4|webm|3gpp)))(?:;[^,]*)?;base64,/i;

/**
 * Replaces media in data URIs by URLs, because they may have many megabytes. Media that are not displayed have no URL.
 */
export function linkedMedia(content: PhoneContent, messageId: string): PhoneContent {
  const { header, cards } = content;
  const linked = (url: string, part: number): string => {
    if (!/^data:/i.test(url)) return url;
    const query = new URLSearchParams({ message: messageId, part: String(part) });
    return DISPLAYED_TYPES.test(url) ? `${MEDIA_PATH}?${query}` : '';
  };
  return {
    ...content,
    ...(header && header.kind !== 'text' && header.url && { header: { ...header, url: linked(header.url, 0) } }),
    ...(cards && { cards: cards.map((card, place) => ({ ...card, image: linked(card.image, place) })) }),
  };
}

/** Returns the media within a message. Returns undefined if there is none that is displayed. */
export function mediaWithin(content: PhoneContent, part: number): { type: string; bytes: Buffer } | undefined {
  const { header, cards } = content;
  const url = cards?.[part]?.image ?? (header && header.kind !== 'text' ? header.url : undefined) ?? '';
  const [start, kind] = DISPLAYED_TYPES.exec(url) ?? [];
  if (start === undefined || kind === undefined) return undefined;
  return { type: kind.toLowerCase(), bytes: Buffer.from(url.slice(start.length), 'base64') };
}
