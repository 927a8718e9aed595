/** The identifiers of one person, which a provider reported together. @publicApi */
export interface KnownPerson {
  /** The key of the phone number, as `recipientKey` returns it. */
  phone?: string | undefined;
  lid?: string | undefined;
  userId?: string | undefined;
  /** The key of the person's previous identifier. */
  former?: string | undefined;
  /** For identifiers that are no longer assigned: a current key of the person who had them. */
  successor?: string | undefined;
}

/**
 * Stores which phone number, lid and user ID belong to one person.
 *
 * The default implementation is in memory and per process. `ButtonMessagingQueueModule` provides a shared one. Provide
 * your own through `extraProviders`.
 *
 * @publicApi
 */
export abstract class PersonStore {
  /** Returns the person with this identifier, in the form of `recipientKey`. */
  abstract find(account: string, key: string): Promise<KnownPerson | undefined> | KnownPerson | undefined;

  /** Stores a person under each of the identifiers and replaces what was stored there. */
  abstract save(account: string, person: KnownPerson): Promise<void> | void;
}

/** Returns the keys under which a person is stored. */
export function keysOfPerson({ phone, lid, userId }: KnownPerson): string[] {
  return [phone, lid, userId].filter((key) => key !== undefined);
}
