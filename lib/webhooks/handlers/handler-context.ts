import type { ContextType, ExecutionContext, Type } from '@nestjs/common';
import type { MessagingEvent, OutcomeSettledEvent } from '../../events/messaging-event.interface.js';

/** What guards, interceptors and filters get from `ExecutionContext.getType()` in a handler. */
export const HANDLER_CONTEXT_TYPE = 'button-messaging';

/** Properties that an HTTP request has and no event does. */
const HTTP_PROPERTIES: ReadonlySet<string | symbol> = new Set([
  'accepts',
  'app',
  'baseUrl',
  'body',
  'client',
  'connection',
  'cookies',
  'get',
  'handshake',
  'header',
  'headers',
  'host',
  'hostname',
  'httpVersion',
  'ip',
  'ips',
  'is',
  'isAuthenticated',
  'log',
  'logIn',
  'method',
  'originalUrl',
  'params',
  'path',
  'protocol',
  'query',
  'rawBody',
  'rawHeaders',
  'req',
  'res',
  'route',
  'routeOptions',
  'secure',
  'session',
  'signedCookies',
  'socket',
  'url',
  'user',
]);

type KeyOf<E> = E extends unknown ? keyof E : never;

/** Properties that some event has: whoever reads one means an event, whether or not this one has it. */
const EVENT_PROPERTIES: Readonly<Record<KeyOf<MessagingEvent | OutcomeSettledEvent>, true>> = {
  account: true,
  at: true,
  button: true,
  category: true,
  code: true,
  connected: true,
  current: true,
  detail: true,
  errors: true,
  evidence: true,
  flow: true,
  from: true,
  inReplyTo: true,
  kind: true,
  media: true,
  messageId: true,
  messageIds: true,
  previous: true,
  provider: true,
  raw: true,
  reason: true,
  recipient: true,
  sent: true,
  sentId: true,
  status: true,
  text: true,
  type: true,
  typed: true,
};

type Class = Type<unknown>;
type Method = (...parameters: unknown[]) => unknown;
type Http = ReturnType<ExecutionContext['switchToHttp']>;
type Rpc = ReturnType<ExecutionContext['switchToRpc']>;
type Ws = ReturnType<ExecutionContext['switchToWs']>;

/**
 * The execution context of a handler: its only argument is the event. It notices when an enhancer takes it for the
 * context of an HTTP request, a GraphQL resolver or a message: the enhancer then reads what an event does not have. And it
 * notices when the enhancer reads what events have: what fails then may fail because of who sent the event.
 */
export class HandlerContext implements ExecutionContext {
  private isMistaken = false;
  private hasReadEvent = false;
  /** The event for who may take it for a request. */
  readonly request: object;

  constructor(
    private readonly event: object,
    private readonly handlerClass: Class,
    private readonly handler: Method,
  ) {
    this.request = noticing(event, (key) => this.noticeProperty(key));
  }

  /** Whether an enhancer took it for another kind of context, and has not asked for its type since. */
  get wasMistaken(): boolean {
    return this.isMistaken;
  }

  /** Whether an enhancer has read what events have, or got the event where no request is. */
  get knewEvent(): boolean {
    return this.hasReadEvent;
  }

  /** A context for the next enhancer, which knows nothing of the others. */
  another(): HandlerContext {
    return new HandlerContext(this.event, this.handlerClass, this.handler);
  }

  // Nest's interface lets the caller choose these types.
  getType<T extends string = ContextType>(): T;
  getType(): string {
    this.isMistaken = false;
    return HANDLER_CONTEXT_TYPE;
  }

  getClass<T>(): Type<T>;
  getClass(): Class {
    return this.handlerClass;
  }

  getHandler(): Method {
    return this.handler;
  }

  getArgs<T extends unknown[]>(): T;
  getArgs(): unknown[] {
    return noticing([this.request], (key) => {
      if (typeof key === 'string' && /^[1-9]\d*$/.test(key)) this.isMistaken = true;
    });
  }

  getArgByIndex<T>(index: number): T;
  getArgByIndex(index: number): unknown {
    return index === 0 ? this.given() : this.missing();
  }

  switchToHttp(): Http;
  switchToHttp(): Record<keyof Http, () => unknown> {
    return { getRequest: () => this.request, getResponse: () => this.missing(), getNext: () => this.missing() };
  }

  switchToRpc(): Rpc;
  switchToRpc(): Record<keyof Rpc, () => unknown> {
    return { getData: () => this.given(), getContext: () => this.missing() };
  }

  switchToWs(): Ws;
  switchToWs(): Record<keyof Ws, () => unknown> {
    return { getClient: () => this.request, getData: () => this.missing(), getPattern: () => this.missing() };
  }

  private given(): object {
    this.hasReadEvent = true;
    return this.event;
  }

  private missing(): undefined {
    this.isMistaken = true;
    return undefined;
  }

  private noticeProperty(key: string | symbol): void {
    if (Object.hasOwn(EVENT_PROPERTIES, key) || Object.hasOwn(this.event, key)) this.hasReadEvent = true;
    else if (HTTP_PROPERTIES.has(key)) this.isMistaken = true;
  }
}

/** The same object; each name that is asked of it is noticed. */
function noticing<T extends object>(target: T, notice: (key: string | symbol) => void): T {
  return new Proxy(target, {
    get: (object, key) => {
      notice(key);
      return Reflect.get(object, key);
    },
    has: (object, key) => {
      notice(key);
      return Reflect.has(object, key);
    },
    getOwnPropertyDescriptor: (object, key) => {
      notice(key);
      return Reflect.getOwnPropertyDescriptor(object, key);
    },
  });
}
