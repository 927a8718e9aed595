import { Injectable } from '@nestjs/common';
import { delay } from '../async/delay.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { AttemptLimits } from './request-attempt.js';

/** Releases a connection. */
export type ReleaseConnection = () => void;

interface Host {
  free: number;
  waiting: (() => void)[];
}

/**
 * Counts the connections to each host for callers that store a marker immediately before their request. The marker must
 * not be stored while the request still waits for a connection.
 */
@Injectable()
export class HostConnections {
  private readonly hosts = new Map<string, Host>();

  /** Maximum number per host. */
  private readonly max: number;

  constructor({ http }: ButtonMessagingConfig) {
    this.max = http.maxSockets;
  }

  /** Resolves when a connection is available, or to undefined after the timeout. */
  acquire(origin: string, limits: AttemptLimits): Promise<ReleaseConnection | undefined> | ReleaseConnection {
    const host = this.hostOf(origin);
    if (host.free === 0) return this.waitFor(host, limits);
    host.free -= 1;
    return () => releaseConnection(host);
  }

  private async waitFor(host: Host, { timeoutMs, signal }: AttemptLimits): Promise<ReleaseConnection | undefined> {
    const given = new AbortController();
    const get = () => given.abort();
    host.waiting.push(get);
    await delay(timeoutMs, signal, given.signal);
    if (given.signal.aborted) return () => releaseConnection(host);
    host.waiting.splice(host.waiting.indexOf(get), 1);
    return undefined;
  }

  private hostOf(origin: string): Host {
    const known = this.hosts.get(origin);
    if (known) return known;
    const host = { free: this.max, waiting: [] };
    this.hosts.set(origin, host);
    return host;
  }
}

function releaseConnection(host: Host): void {
  const next = host.waiting.shift();
  if (next) next();
  else host.free += 1;
}
