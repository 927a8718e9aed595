import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Account } from '../config/accounts/account.js';
import type { WebhookOptions } from '../config/button-messaging-options.interface.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { isRecord } from '../validation/is-record.js';
import { type BodyFailure, BodyReader } from './body-reader.js';
import { ButtonMessagingWebhooks, type WebhookResponse } from './button-messaging.webhooks.js';
import { type RoutedWebhook, routedByExpress, routedByFastify } from './webhook-route.js';
import { WEBHOOK_OPTIONS } from './webhooks.constants.js';

type Next = (error?: unknown) => void;
type HttpAdapter = HttpAdapterHost['httpAdapter'];
type Headers = Readonly<Record<string, string | string[] | undefined>>;

interface ExpressAdapter {
  use(middleware: (request: IncomingMessage, response: ServerResponse, next: Next) => void): void;
}

interface FastifyRequest {
  raw: IncomingMessage;
  query: unknown;
}

interface FastifyInstance {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: { raw: ServerResponse; hijack(): void }) => Promise<void>,
  ): void;
}

/** The body of a webhook, and the headers that describe it. */
interface ReadBody {
  headers: Headers;
  rawBody: Buffer | undefined;
  /** Whether a body parser consumed the bytes. */
  isParsed: boolean;
}

/** A webhook that was verified before other middleware. */
interface VerifiedWebhook extends ReadBody {
  account: Account;
  isAuthenticated: boolean;
}

/** The headers that make a parser or plugin read the body. */
const BODY_HEADERS = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding'] as const;

/** The methods of Nest's Express adapter that register parsers. */
const PARSER_METHODS = ['registerParserMiddleware', 'useBodyParser'] as const;

const LAZY_MODULE_WARNING =
  'The webhooks of ButtonMessagingModule are not mounted: Nest mounts no routes of lazily loaded modules. ' +
  'Import it in a module that is loaded at startup.';

/** How long a rejected client may continue to send before its connection is closed, in milliseconds. */
const CLOSE_DELAY_MS = 1_000;

/**
 * Reads the raw bodies of the module's own routes before Nest's parser. That parser would respond with 413 to large
 * bodies and 400 to invalid ones, and keeps no bytes to verify. The body of a rejected request is not read. Other
 * routes are not affected.
 */
@Injectable()
export class RawBodyReader implements OnApplicationBootstrap {
  private readonly verified = new WeakMap<IncomingMessage, VerifiedWebhook>();

  constructor(
    private readonly webhooks: ButtonMessagingWebhooks,
    private readonly reader: BodyReader,
    private readonly host: HttpAdapterHost,
    private readonly logger: MessagingLogger,
    @Inject(WEBHOOK_OPTIONS) private readonly options: WebhookOptions | false | undefined,
  ) {
    if (!options) return;
    if (host.listening) logger.warn(LAZY_MODULE_WARNING);
    // Nest installs its parser after this event.
    else host.init$.subscribe(() => this.adapter && this.installOn(this.adapter));
  }

  onApplicationBootstrap(): void {
    if (this.options && !this.adapter) {
      this.logger.debug('This application has no HTTP server, so its webhooks are not mounted.');
    }
  }

  // Nest's type is wrong: application contexts have no HTTP adapter.
  private get adapter(): HttpAdapter | null | undefined {
    return this.host.httpAdapter;
  }

  /** Returns the webhook of a request, if it was verified early. */
  verifiedWebhookOf(request: object): VerifiedWebhook | undefined {
    return this.verified.get(rawOf(request));
  }

  /** Returns the body of any other request: its URL was rewritten late, or a parser was first. */
  async bodyOf(request: object): Promise<ReadBody | BodyFailure> {
    const raw = rawOf(request);
    const { headers } = raw;
    const kept = [request, raw].flatMap((each) => bytesIn(Reflect.get(each, 'rawBody')));
    const bodies = [request, raw].map((each): unknown => Reflect.get(each, 'body'));
    const [bytes] = [...kept, ...bodies.flatMap(bytesIn)];
    if (bytes) return { headers: withoutEncodingOf(bytes, headers), rawBody: bytes, isParsed: false };
    const parsed = bodies.find((body) => typeof body === 'object' && body !== null);
    if (parsed === undefined && !raw.readableDidRead) {
      const read = await this.reader.read(raw, false);
      return Buffer.isBuffer(read) ? { headers, rawBody: read, isParsed: false } : read;
    }
    const { 'content-encoding': _, ...others } = headers;
    const rawBody = parsed === undefined ? undefined : Buffer.from(JSON.stringify(parsed));
    return { headers: others, rawBody, isParsed: true };
  }

  private installOn(adapter: HttpAdapter): void {
    const instance: unknown = adapter.getInstance();
    if (adapter.getType() === 'fastify' && isFastify(instance)) {
      instance.addHook('onRequest', async (request, reply) => {
        const routed = request.raw.method === 'POST' ? routedByFastify(request) : undefined;
        if (routed && !(await this.take(request, reply.raw, routed))) reply.hijack();
      });
    } else if (isExpress(adapter) && typeof instance === 'function') {
      this.installOnExpress(adapter, instance);
    }
  }

  private installOnExpress(adapter: ExpressAdapter, app: object): void {
    const verifyOwn = (request: IncomingMessage, response: ServerResponse, next: Next) => {
      const routed = request.method === 'POST' ? routedByExpress(app, request.url ?? '') : undefined;
      if (routed) this.take(request, response, routed).then((isVerified) => isVerified && next(), next);
      else next();
    };
    adapter.use(verifyOwn);
    // Again before each of Nest's parsers, after the application's middleware, which may rewrite URLs.
    for (const name of PARSER_METHODS) {
      const register: unknown = Reflect.get(adapter, name);
      if (typeof register !== 'function') continue;
      Reflect.set(adapter, name, (...args: unknown[]): unknown => {
        adapter.use(verifyOwn);
        return Reflect.apply(register, adapter, args);
      });
    }
  }

  /** Verifies a request. @returns Whether to continue. If not, the response was sent or the client disconnected. */
  private async take(
    request: object,
    response: ServerResponse,
    { provider, account }: RoutedWebhook,
  ): Promise<boolean> {
    const raw = rawOf(request);
    // Another middleware was first. The controller reads the remaining body.
    if (this.verified.has(raw) || raw.readableDidRead) return true;
    const query: unknown = Reflect.get(request, 'query');
    const head = { method: 'POST', headers: raw.headers, query: isRecord(query) ? query : {} };
    const admitted = await this.webhooks.admit(provider, account, head);
    if ('rejection' in admitted) return reject(raw, response, admitted.rejection);
    const body = await this.reader.read(raw, admitted.isAuthenticated);
    if (body === 'broken off') return false;
    if (!Buffer.isBuffer(body)) return reject(raw, response, this.webhooks.rejectBody(admitted.account, body));
    this.verified.set(raw, { ...admitted, headers: { ...raw.headers }, rawBody: body, isParsed: false });
    for (const name of BODY_HEADERS) delete raw.headers[name];
    // Unread data is discarded. Otherwise the connection would wait for a reader.
    response.once('close', () => raw.resume());
    return true;
  }
}

/** Sends the response, and closes the connection later if the body does not end. */
function reject(request: IncomingMessage, response: ServerResponse, rejection: WebhookResponse): false {
  const { status, body = '', headers } = rejection;
  const lengths = { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...lengths, ...headers }).end(body);
  // Reads and discards the rest for a while, because closing at once may lose the response.
  const cut = setTimeout(() => request.socket.destroy(), CLOSE_DELAY_MS);
  for (const event of ['end', 'close']) request.once(event, () => clearTimeout(cut));
  request.resume();
  return false;
}

/** Returns Node's request, which the requests of Express and Fastify wrap. */
function rawOf(request: object): IncomingMessage {
  const raw: unknown = Reflect.get(request, 'raw');
  if (isIncomingMessage(raw)) return raw;
  if (isIncomingMessage(request)) return request;
  throw new TypeError('Unsupported HTTP server: the request is not a Node request');
}

function bytesIn(value: unknown): Buffer[] {
  if (Buffer.isBuffer(value)) return [value];
  return typeof value === 'string' && value !== '' ? [Buffer.from(value)] : [];
}

// Parsers keep the decompressed bytes, but do not change the header.
function withoutEncodingOf(bytes: Buffer, headers: Headers): Headers {
  const isJson = /^(?:\xef\xbb\xbf)?[\t\n\r ]*[{[]/.test(bytes.subarray(0, 64).toString('latin1'));
  const { 'content-encoding': _, ...others } = headers;
  return isJson ? others : headers;
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
