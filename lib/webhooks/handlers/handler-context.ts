import type { ContextType, ExecutionContext, Type } from '@nestjs/common';
import type { HandledEvent } from './handler-metadata.js';
import type { Method } from './handler-runner.js';

/** The value of `ExecutionContext.getType()` in event handlers. */
export const HANDLER_CONTEXT_TYPE = 'button-messaging';

/** Properties of HTTP requests that no event has. */
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

/** Properties of events. Reading one shows that the code expects an event, whether or not this event has it. */
const EVENT_PROPERTIES: Readonly<Record<KeyOf<HandledEvent>, true>> = {
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
type Http = ReturnType<ExecutionContext['switchToHttp']>;
type Rpc = ReturnType<ExecutionContext['switchToRpc']>;
type Ws = ReturnType<ExecutionContext['switchToWs']>;

/**
 * The execution context of a handler. Its only argument is the event. It detects enhancers that expect an HTTP request,
 * a GraphQL resolver or a message, because they read properties that events do not have. It also detects enhancers that
 * read properties of events, whose errors the event's content may have caused.
 */
export class HandlerContext implements ExecutionContext {
  /** Whether an enhancer expected another kind of context, and did not check the type afterwards. */
  wasMistaken = false;
  /** Whether an enhancer read properties of events, or got the event as an argument. */
  knewEvent = false;
  /** The event for enhancers that may expect a request. */
  readonly request: object;

  constructor(
    private readonly event: object,
    private readonly handlerClass: Class,
    private readonly handler: Method,
  ) {
    this.request = observed(event, (key) => this.noticeProperty(key));
  }

  /** Creates a context for the next enhancer, with its own state. */
  another(): HandlerContext {
    return new HandlerContext(this.event, this.handlerClass, this.handler);
  }

  // Nest's interface lets the caller choose these types.
  getType<T extends string = ContextType>(): T;
  getType(): string {
    this.wasMistaken = false;
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
    return observed([this.request], (key) => {
      if (typeof key === 'string' && /^[1-9]\d*$/.test(key)) this.wasMistaken = true;
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
    this.knewEvent = true;
    return this.event;
  }

  private missing(): undefined {
    this.wasMistaken = true;
    return undefined;
  }

  private noticeProperty(key: string | symbol): void {
    if (Object.hasOwn(EVENT_PROPERTIES, key) || Object.hasOwn(this.event, key)) this.knewEvent = true;
    else if (HTTP_PROPERTIES.has(key)) this.wasMistaken = true;
  }
}

/** Wraps an object and reports each property that is read. */
function observed<T extends object>(target: T, notice: (key: string | symbol) => void): T {
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
