/** The methods of a node-postgres pool that the stores use. @publicApi */
export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<PostgresResult>;
  connect(): Promise<PostgresClient>;
}

/** A connection of the pool, until it is released. @publicApi */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<PostgresResult>;
  on(event: 'notification', listener: (notification: PostgresNotification) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  removeListener(event: 'notification', listener: (notification: PostgresNotification) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'end', listener: () => void): unknown;
  /** @param destroy Whether to close the connection instead of returning it to the pool. */
  release(destroy?: boolean): void;
}

/** The result of a query. @publicApi */
export interface PostgresResult {
  rows: unknown[];
}

/** A notification that a listening connection receives. @publicApi */
export interface PostgresNotification {
  channel: string;
  payload?: string | undefined;
}
