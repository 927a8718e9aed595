import { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { WebhookOptions } from '../config/button-messaging-options.interface.js';
import { MAX_WEBHOOK_BYTES } from './parse-webhook-body.js';
import { WEBHOOK_OPTIONS } from './webhooks.constants.js';

/** Why a body could not be read. */
export type BodyFailure = 'too large' | 'too slow' | 'too many' | 'broken off';

export interface BodyLimits {
  /** How long a body may take. */
  timeoutMs: number;
  /**
   * How many bytes the bodies that are being read may hold together; those that are proven by their head, and those that
   * are not, each for itself.
   */
  maxPendingBytes: number;
}

const MEBIBYTE = 1_024 * 1_024;

/** The limits that the options of the webhooks set. */
function bodyLimitsOf(options: WebhookOptions | false | undefined): BodyLimits {
  const { bodyTimeoutMs = 10_000, maxPendingBytes = 64 * MEBIBYTE } = options || {};
  return { timeoutMs: bodyTimeoutMs, maxPendingBytes };
}

/** Reads the bytes of requests, within limits that hold for each and for all together. */
@Injectable()
export class BodyReader {
  // Strangers may fill their own share, and keep out nobody who has shown who it is.
  private readonly pendingBytes = { proven: 0, unproven: 0 };

  private readonly limits: BodyLimits;

  constructor(@Inject(WEBHOOK_OPTIONS) options: WebhookOptions | false | undefined) {
    this.limits = bodyLimitsOf(options);
  }

  /**
   * The bytes of a request that nobody has read. They are put back into it, so that whoever reads after finds them as if
   * nobody had been there.
   *
   * @param isProven Whether its head proves who sent it.
   */
  async read(request: IncomingMessage, isProven: boolean): Promise<Buffer | BodyFailure> {
    if (request.destroyed) return 'broken off';
    if (Number(request.headers['content-length'] ?? 0) > MAX_WEBHOOK_BYTES) return 'too large';
    if (!mayHaveBody(request)) return Buffer.alloc(0);
    const body = await this.collect(request, isProven ? 'proven' : 'unproven');
    if (!Buffer.isBuffer(body)) request.resume();
    return body;
  }

  // By listeners, as an iterator over a stream costs more than all the rest.
  private collect(request: IncomingMessage, share: 'proven' | 'unproven'): Promise<Buffer | BodyFailure> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const end = (result: BodyFailure | 'whole') => {
        clearTimeout(timer);
        request.off('readable', take).off('end', onEnd).off('error', onBreak).off('close', onBreak);
        this.pendingBytes[share] -= bytes;
        if (result !== 'whole') return resolve(result);
        const body = Buffer.concat(chunks, bytes);
        // At once: in the next turn the end of the stream is told, and nothing can be put back after that.
        if (bytes > 0 && !request.readableEnded) request.unshift(body);
        resolve(body);
      };
      const take = () => {
        for (const chunk of chunksIn(request)) {
          bytes += chunk.length;
          this.pendingBytes[share] += chunk.length;
          chunks.push(chunk);
          if (bytes > MAX_WEBHOOK_BYTES) return end('too large');
          if (this.pendingBytes[share] > this.limits.maxPendingBytes) return end('too many');
        }
        if (isPlain(request) && request.complete) end('whole');
      };
      const onEnd = () => end('whole');
      const onBreak = () => end('broken off');
      const timer = setTimeout(() => end('too slow'), this.limits.timeoutMs);
      request.on('readable', take).once('end', onEnd).once('error', onBreak).once('close', onBreak);
    });
  }
}

/** What there is to read now. To ask a plain request for more would end it, and nothing could be put back. */
function* chunksIn(request: IncomingMessage): Generator<Buffer> {
  while (!isPlain(request) || request.readableLength > 0) {
    const chunk: unknown = request.read();
    if (typeof chunk === 'string') yield Buffer.from(chunk);
    else if (Buffer.isBuffer(chunk)) yield chunk;
    else return;
  }
}

/** Of HTTP/1. Others, as those of HTTP/2, do not say that they are complete before they have ended. */
function isPlain(request: IncomingMessage): boolean {
  return request instanceof IncomingMessage;
}

function mayHaveBody(request: IncomingMessage): boolean {
  if (!isPlain(request)) return true;
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || Number(length ?? 0) > 0;
}
