/** What is known of one person: numbers and ids that a provider named together. */
export interface KnownPerson {
  /** As `recipientKey` writes it. */
  phone?: string | undefined;
  lid?: string | undefined;
  userId?: string | undefined;
  /** The key of the number or id that the person had before. */
  former?: string | undefined;
  /** Of numbers and ids that are nobody's any more: a key under which the person who had them is known now. */
  successor?: string | undefined;
}

/**
 * Remembers which number, lid and user id are one person. The one at hand keeps it in memory, for one process; a shared
 * one serves several. Injectable: give your own among `extraProviders`.
 */
export abstract class PersonStore {
  /** The person who has this number, lid or user id, as `recipientKey` writes it. */
  abstract find(account: string, key: string): Promise<KnownPerson | undefined> | KnownPerson | undefined;

  /** Keeps a person under the number and each of the ids. What was known under them is replaced. */
  abstract save(account: string, person: KnownPerson): Promise<void> | void;
}

/** The keys under which a person is kept. */
export function keysOfPerson({ phone, lid, userId }: KnownPerson): string[] {
  return [phone, lid, userId].filter((key) => key !== undefined);
}
