import { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { WebhookOptions } from '../config/button-messaging-options.interface.js';
import { MAX_WEBHOOK_BYTES } from './parse-webhook-body.js';
import { WEBHOOK_OPTIONS } from './webhooks.constants.js';

/** Why a body could not be read. */
export type BodyFailure = 'too large' | 'too slow' | 'too many' | 'broken off';

const MEBIBYTE = 1_024 * 1_024;

/** Reads request bodies within limits for each body and for all bodies. */
@Injectable()
export class BodyReader {
  // Unauthenticated requests have their own budget, so that they cannot block authenticated ones.
  private readonly pendingBytes = { authenticated: 0, unauthenticated: 0 };

  private readonly timeoutMs: number;
  private readonly maxPendingBytes: number;

  constructor(@Inject(WEBHOOK_OPTIONS) options: WebhookOptions | false | undefined) {
    const { bodyTimeoutMs = 10_000, maxPendingBytes = 64 * MEBIBYTE } = options || {};
    this.timeoutMs = bodyTimeoutMs;
    this.maxPendingBytes = maxPendingBytes;
  }

  /**
   * Reads the bytes of a request and puts them back into it, for later readers.
   *
   * @param isAuthenticated Whether the headers authenticate the request.
   */
  async read(request: IncomingMessage, isAuthenticated: boolean): Promise<Buffer | BodyFailure> {
    if (request.destroyed) return 'broken off';
    if (Number(request.headers['content-length'] ?? 0) > MAX_WEBHOOK_BYTES) return 'too large';
    if (!mayHaveBody(request)) return Buffer.alloc(0);
    const body = await this.collect(request, isAuthenticated ? 'authenticated' : 'unauthenticated');
    if (!Buffer.isBuffer(body)) request.resume();
    return body;
  }

  // Listeners, because an iterator over a stream is much slower.
  private collect(request: IncomingMessage, share: 'authenticated' | 'unauthenticated'): Promise<Buffer | BodyFailure> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const end = (result: BodyFailure | 'whole') => {
        clearTimeout(timer);
        request.off('readable', take).off('end', onEnd).off('error', onBreak).off('close', onBreak);
        this.pendingBytes[share] -= bytes;
        if (result !== 'whole') return resolve(result);
        const body = Buffer.concat(chunks, bytes);
        // Synchronously: after the `end` event of the next tick, nothing can be put back.
        if (bytes > 0 && !request.readableEnded) request.unshift(body);
        resolve(body);
      };
      const take = () => {
        for (const chunk of chunksIn(request)) {
          bytes += chunk.length;
          this.pendingBytes[share] += chunk.length;
          chunks.push(chunk);
          if (bytes > MAX_WEBHOOK_BYTES) return end('too large');
          if (this.pendingBytes[share] > this.maxPendingBytes) return end('too many');
        }
        if (isPlain(request) && request.complete) end('whole');
      };
      const onEnd = () => end('whole');
      const onBreak = () => end('broken off');
      const timer = setTimeout(() => end('too slow'), this.timeoutMs);
      request.on('readable', take).once('end', onEnd).once('error', onBreak).once('close', onBreak);
    });
  }
}

/** Yields the available chunks. Reading further would end a plain request, and nothing could be put back. */
function* chunksIn(request: IncomingMessage): Generator<Buffer> {
  while (!isPlain(request) || request.readableLength > 0) {
    const chunk: unknown = request.read();
    if (typeof chunk === 'string') yield Buffer.from(chunk);
    else if (Buffer.isBuffer(chunk)) yield chunk;
    else return;
  }
}

/** Checks for HTTP/1. Requests of HTTP/2 are complete only after their end. */
function isPlain(request: IncomingMessage): boolean {
  return request instanceof IncomingMessage;
}

function mayHaveBody(request: IncomingMessage): boolean {
  if (!isPlain(request)) return true;
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || Number(length ?? 0) > 0;
}
