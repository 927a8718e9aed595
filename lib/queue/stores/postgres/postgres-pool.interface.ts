/** What the stores use of a connection pool, in the form of node-postgres. */
export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<PostgresResult>;
  connect(): Promise<PostgresClient>;
}

/** A connection of the pool, for as long as it is not released. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<PostgresResult>;
  on(event: 'notification', listener: (notification: PostgresNotification) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  removeListener(event: 'notification', listener: (notification: PostgresNotification) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'end', listener: () => void): unknown;
  /** @param destroy Whether the connection is closed instead of being used again. */
  release(destroy?: boolean): void;
}

/** What a query gives. */
export interface PostgresResult {
  rows: unknown[];
}

/** What a connection that listens hears. */
export interface PostgresNotification {
  channel: string;
  payload?: string | undefined;
}
