import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { withTimeout } from '../../../async/delay.js';
import type { PostgresClient, PostgresNotification, PostgresPool } from './postgres-pool.interface.js';

const MAX_PAUSE_MS = 1_000;
const CLOSE_TIMEOUT_MS = 1_000;

/** Listens on one channel with a connection of its own, which it replaces when it is lost. */
export class NotificationListener {
  readonly #pool: PostgresPool;
  private readonly closing = new AbortController();
  private readonly started: Promise<void>;
  private readonly ended: Promise<void>;
  private onStarted: () => void = () => {};
  private listening = false;

  /** @param channel A name that does not need quotes. */
  constructor(
    pool: PostgresPool,
    private readonly channel: string,
    private readonly onPayload: (payload: string) => void,
  ) {
    this.#pool = pool;
    this.started = new Promise((resolve) => {
      this.onStarted = resolve;
    });
    this.ended = this.loop();
  }

  /** Returns whether it listens now, or starts to listen within `withinMs` milliseconds. */
  async ready(withinMs: number): Promise<boolean> {
    if (!this.listening) await withTimeout(withinMs, this.started);
    return this.listening;
  }

  /** Releases the connection. Call it before the pool ends, which waits for the connection. */
  async close(): Promise<void> {
    this.closing.abort();
    await withTimeout(CLOSE_TIMEOUT_MS, this.ended);
  }

  private async loop(): Promise<void> {
    const { signal } = this.closing;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        if (await this.listenUntilLost()) failures = 0;
      } catch {
        // It retries until it is closed.
      }
      const waitMs = Math.min(MAX_PAUSE_MS, failures * 100);
      await pause(waitMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Resolves when the connection is lost or the listener closes. */
  private async listenUntilLost(): Promise<boolean> {
    const client = await this.#pool.connect();
    const lost = new AbortController();
    const onLost = () => lost.abort();
    const onNotification = ({ channel, payload }: PostgresNotification) => {
      if (channel === this.channel && payload !== undefined && !this.closing.signal.aborted) this.onPayload(payload);
    };
    client.on('error', onLost);
    client.on('end', onLost);
    client.on('notification', onNotification);
    try {
      await client.query(`LISTEN ${this.channel}`);
      this.listening = true;
      this.onStarted();
      const over = AbortSignal.any([lost.signal, this.closing.signal]);
      if (!over.aborted) await once(over, 'abort');
      if (!lost.signal.aborted) await withTimeout(CLOSE_TIMEOUT_MS, this.unlisten(client));
      return true;
    } finally {
      this.listening = false;
      client.release(true);
      client.removeListener('notification', onNotification);
      client.removeListener('end', onLost);
      client.removeListener('error', onLost);
    }
  }

  private async unlisten(client: PostgresClient): Promise<void> {
    await client.query(`UNLISTEN ${this.channel}`).catch(() => {});
  }
}
