import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Account } from '../config/accounts/account.js';
import type { WebhookOptions } from '../config/button-messaging-options.interface.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { isRecord } from '../validation/is-record.js';
import { type BodyFailure, BodyReader } from './body-reader.js';
import { ButtonMessagingWebhooks, type WebhookResponse } from './button-messaging.webhooks.js';
import { ExpressRoutes, type RoutedWebhook, routedByFastify } from './webhook-route.js';
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

/** A webhook whose sender and body were looked at ahead of everybody else. */
export interface TakenWebhook {
  account: Account;
  isProven: boolean;
  headers: Headers;
  rawBody: Buffer;
}

/** What is left of a webhook that was not taken in time. */
export interface LeftWebhook {
  headers: Headers;
  rawBody: Buffer | undefined;
  /** Whether a parser has read the bytes and kept none of them. */
  isParsed: boolean;
}

/** What would make a parser, or a plugin, take the body for its own business. */
const BODY_HEADERS = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding'] as const;

/** The methods by which Nest's adapter of Express registers parsers. */
const PARSER_METHODS = ['registerParserMiddleware', 'useBodyParser'] as const;

const LOADED_TOO_LATE =
  'The webhooks of ButtonMessagingModule are not mounted: Nest mounts no routes of lazily loaded modules. ' +
  'Import it in a module that is there when the application starts.';

/** How long somebody who was refused may go on sending before the connection is cut. */
const LINGER_MS = 1_000;

/**
 * Reads the raw bytes of the module's own routes ahead of Nest's parser, which would answer 413 to a large batch and
 * 400 to whatever a stranger sends, and would keep no bytes to verify. Who cannot have sent a webhook is refused before
 * its body is read. All other routes are left alone.
 */
@Injectable()
export class RawBodyReader implements OnApplicationBootstrap {
  private readonly taken = new WeakMap<IncomingMessage, TakenWebhook>();

  constructor(
    private readonly webhooks: ButtonMessagingWebhooks,
    private readonly reader: BodyReader,
    private readonly host: HttpAdapterHost,
    private readonly logger: MessagingLogger,
    @Inject(WEBHOOK_OPTIONS) private readonly options: WebhookOptions | false | undefined,
  ) {
    if (!options) return;
    if (host.listening) logger.warn(LOADED_TOO_LATE);
    // Nest's parser is installed after that.
    else host.init$.subscribe(() => this.install());
  }

  onApplicationBootstrap(): void {
    if (this.options && !this.adapter) {
      this.logger.debug('This application serves no HTTP, so its webhooks are not mounted.');
    }
  }

  // A worker's application, or a command's, has none, whatever Nest's type says.
  private get adapter(): HttpAdapter | null | undefined {
    return this.host.httpAdapter;
  }

  private install(): void {
    if (this.adapter) this.installOn(this.adapter);
  }

  /** The webhook that a request brought, if it was taken in time. */
  takenFrom(request: object): TakenWebhook | undefined {
    return this.taken.get(rawOf(request));
  }

  /** What there is of one that was not, as its URL was rewritten late, or a parser was first. */
  async leftIn(request: object): Promise<LeftWebhook | BodyFailure> {
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
      this.installOnExpress(adapter, new ExpressRoutes(instance));
    }
  }

  private installOnExpress(adapter: ExpressAdapter, routes: ExpressRoutes): void {
    const takeOwn = (request: IncomingMessage, response: ServerResponse, next: Next) => {
      const routed = request.method === 'POST' ? routes.find(request.url ?? '') : undefined;
      if (routed) this.take(request, response, routed).then((isTaken) => isTaken && next(), next);
      else next();
    };
    adapter.use(takeOwn);
    // Once more ahead of each parser of Nest's, behind what the application has by then, as that may rewrite URLs.
    for (const name of PARSER_METHODS) {
      const register: unknown = Reflect.get(adapter, name);
      if (typeof register !== 'function') continue;
      Reflect.set(adapter, name, (...args: unknown[]): unknown => {
        adapter.use(takeOwn);
        return Reflect.apply(register, adapter, args);
      });
    }
  }

  /** Whether the request goes on; if not, the response has been given or the client is gone. */
  private async take(
    request: object,
    response: ServerResponse,
    { provider, account }: RoutedWebhook,
  ): Promise<boolean> {
    const raw = rawOf(request);
    // Somebody was first: the controller looks at what is left.
    if (this.taken.has(raw) || raw.readableDidRead) return true;
    const query: unknown = Reflect.get(request, 'query');
    const head = { method: 'POST', headers: raw.headers, query: isRecord(query) ? query : {} };
    const admitted = await this.webhooks.admit(provider, account, head);
    if ('refusal' in admitted) return refuse(raw, response, admitted.refusal);
    const body = await this.reader.read(raw, admitted.isProven);
    if (body === 'broken off') return false;
    if (!Buffer.isBuffer(body)) return refuse(raw, response, this.webhooks.refuseBody(admitted.account, body));
    this.taken.set(raw, { ...admitted, headers: { ...raw.headers }, rawBody: body });
    for (const name of BODY_HEADERS) delete raw.headers[name];
    // What nobody read again is thrown away, or the connection would wait for a reader.
    response.once('close', () => raw.resume());
    return true;
  }
}

/** Answers, and lets go of the connection although its body may never come. */
function refuse(request: IncomingMessage, response: ServerResponse, refusal: WebhookResponse): false {
  const { status, body = '', headers } = refusal;
  const lengths = { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...lengths, ...headers }).end(body);
  // The rest is read and dropped for a while: to cut at once may cost the client the answer.
  const cut = setTimeout(() => request.socket.destroy(), LINGER_MS);
  for (const event of ['end', 'close']) request.once(event, () => clearTimeout(cut));
  request.resume();
  return false;
}

/** Node's own request, of which those of Express and Fastify are made. */
function rawOf(request: object): IncomingMessage {
  const raw: unknown = Reflect.get(request, 'raw');
  if (isIncomingMessage(raw)) return raw;
  if (isIncomingMessage(request)) return request;
  throw new TypeError('The request is of no HTTP server that is known here.');
}

function bytesIn(value: unknown): Buffer[] {
  if (Buffer.isBuffer(value)) return [value];
  return typeof value === 'string' && value !== '' ? [Buffer.from(value)] : [];
}

// Parsers keep the bytes after they have decompressed them, and leave the header as it was.
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
