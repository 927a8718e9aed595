/** The `workerData` of the database's thread. */
export interface DatabaseThreadData {
  /** The directory of the database's files. */
  directory: string;
  searchPath: readonly string[];
}

/** A request of a client to the database's thread. */
export type SessionRequest =
  /** Messages of PostgreSQL's protocol, up to one to which the response is ReadyForQuery. */
  | { session: number; kind: 'query'; bytes: Uint8Array }
  /** Rolls back the transaction that the client left open. `end`: because it has disconnected. */
  | { session: number; kind: 'rollback' | 'end' };

/** The response to one query of a client, or notifications for it. */
export interface SessionResponse {
  session: number;
  bytes: Uint8Array;
  /** Undefined for notifications. */
  inTransaction?: boolean;
}

export type ToDatabaseThread = SessionRequest[] | 'close';
export type FromDatabaseThread = SessionResponse[] | 'ready';
