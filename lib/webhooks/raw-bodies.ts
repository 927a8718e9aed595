import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpAdapterHost } from '@nestjs/core';
import { isRecord } from '../validation/is-record.js';
import { MOST_WEBHOOK_BYTES } from './webhook-body.js';

type Next = () => void;

interface ExpressAdapter {
  use(middleware: (request: IncomingMessage, response: ServerResponse, next: Next) => void): void;
}

interface FastifyInstance {
  addHook(
    name: 'onRequest',
    hook: (request: { raw: IncomingMessage }, reply: { raw: ServerResponse; hijack(): void }) => Promise<void>,
  ): void;
}

/**
 * Reads the raw bytes of the module's own routes ahead of Nest's parser, which would answer 413 to a large batch and
 * 400 to whatever a stranger sends, and would keep no bytes to verify. All other routes are left alone.
 */
export class RawBodies {
  private readonly bodies = new WeakMap<IncomingMessage, Buffer>();

  /** Installs itself as soon as the application has its HTTP adapter, which is before Nest's parser is. */
  install(host: HttpAdapterHost, route: RegExp): void {
    host.init$.subscribe(() => this.installOn(host.httpAdapter, route));
  }

  /** The bytes of a request, of Express or Fastify; undefined where something else had read them before. */
  of(request: unknown): Buffer | undefined {
    const raw = isRecord(request) && isIncomingMessage(request.raw) ? request.raw : request;
    const body = isIncomingMessage(raw) ? this.bodies.get(raw) : undefined;
    return body ?? (isRecord(request) && Buffer.isBuffer(request.rawBody) ? request.rawBody : undefined);
  }

  private installOn(adapter: HttpAdapterHost['httpAdapter'], route: RegExp): void {
    const instance: unknown = adapter.getInstance();
    if (adapter.getType() === 'fastify' && isFastify(instance)) {
      instance.addHook('onRequest', async (request, reply) => {
        if (!concerns(request.raw, route)) return;
        if (await this.read(request.raw, reply.raw)) withoutBodyHeaders(request.raw);
        else reply.hijack();
      });
      return;
    }
    const express: ExpressAdapter | undefined = isExpress(adapter) ? adapter : undefined;
    express?.use((request, response, next) => {
      if (!concerns(request, route)) next();
      else void this.read(request, response).then((complete) => complete && next());
    });
  }

  /** Whether the bytes were read; if not, the response has been given or the client is gone. */
  private async read(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    // A parser of the user's own was first: there is nothing to wait for, and the controller says so.
    if (request.readableEnded) return true;
    if (Number(request.headers['content-length'] ?? 0) > MOST_WEBHOOK_BYTES) {
      response.writeHead(413, { Connection: 'close' }).end();
      return false;
    }
    const body = await bytesOf(request);
    if (body === 'too many') response.writeHead(413, { Connection: 'close' }).end(() => request.destroy());
    if (!Buffer.isBuffer(body)) return false;
    this.bodies.set(request, body);
    return true;
  }
}

/** The bytes of a request; by listeners, as an iterator over a stream costs more than all the rest. */
function bytesOf(request: IncomingMessage): Promise<Buffer | 'too many' | 'broken off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_WEBHOOK_BYTES) chunks.push(chunk);
      else resolve('too many');
    });
    request.once('end', () => resolve(bytes <= MOST_WEBHOOK_BYTES ? Buffer.concat(chunks) : 'too many'));
    request.once('error', () => resolve('broken off'));
    request.once('close', () => resolve('broken off'));
  });
}

function concerns(request: IncomingMessage, route: RegExp): boolean {
  return request.method === 'POST' && route.test((request.url ?? '').split('?', 1)[0] ?? '');
}

// There is nothing left to parse: without these Fastify goes straight to the route, whatever the type of the content.
function withoutBodyHeaders(request: IncomingMessage): void {
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) delete request.headers[name];
}

function isIncomingMessage(value: unknown): value is IncomingMessage {
  return typeof value === 'object' && value !== null && 'headers' in value && 'socket' in value;
}

function isFastify(instance: unknown): instance is FastifyInstance {
  return typeof instance === 'object' && instance !== null && 'addHook' in instance;
}

function isExpress(adapter: unknown): adapter is ExpressAdapter {
  return typeof adapter === 'object' && adapter !== null && 'use' in adapter;
}
