/** How the database's thread is started. */
export interface DatabaseThreadData {
  /** Where the database's files are. */
  directory: string;
  searchPath: readonly string[];
}

/** What a client asks of the database's thread, in the order in which it asks. */
export type SessionRequest =
  /** Messages of PostgreSQL's protocol, up to one that is answered by ReadyForQuery. */
  | { session: number; kind: 'query'; bytes: Uint8Array }
  /** A transaction that the client left open is to be rolled back. */
  | { session: number; kind: 'rollback' }
  /** The client is gone. */
  | { session: number; kind: 'end' };

/** What a client is to hear: the answer to one query, or notifications that nobody asked for. */
export interface SessionAnswer {
  session: number;
  bytes: Uint8Array;
  /** Absent from notifications. */
  inTransaction?: boolean;
}

export type ToDatabaseThread = SessionRequest[] | 'close';
export type FromDatabaseThread = SessionAnswer[] | 'ready';
