import { useEffect, useState } from 'preact/hooks';
import type { PhoneEntry } from '../phone/client/phone-book.js';

/**
 * Returns the number of unread messages by phone. Messages from before the page was opened count as read.
 */
export function useUnread(phones: readonly PhoneEntry[], open: string | undefined): ReadonlyMap<string, number> {
  const [openedAt] = useState(() => new Date().toISOString());
  const [seenAt, setSeenAt] = useState<ReadonlyMap<string, string>>(new Map());
  const openPhone = phones.find(({ owner }) => owner.address === open);
  const last = openPhone?.messages.at(-1)?.at;
  useEffect(() => {
    if (open !== undefined && last !== undefined) setSeenAt((seen) => new Map(seen).set(open, last));
  }, [open, last]);
  return new Map(
    phones.map(({ owner: { address }, messages }) => {
      const since = seenAt.get(address) ?? openedAt;
      const unread = address === open ? 0 : messages.filter(({ at }) => at > since).length;
      return [address, unread];
    }),
  );
}
