import {
  ContextIdFactory,
  type DiscoveryService,
  type ExternalContextCreator,
  type MetadataScanner,
  type ModuleRef,
} from '@nestjs/core';
import type { ButtonReplyEvent, MessagingEvent } from '../events/messaging-event.interface.js';
import {
  type ButtonReplyFilter,
  HANDLER_METADATA,
  HANDLER_PARAMETERS,
  type HandlerMetadata,
} from './handler.decorators.js';

/** What guards, interceptors and filters get from `ExecutionContext.getType()` in a handler. */
export const HANDLER_CONTEXT_TYPE = 'button-messaging';

/** A method that wants events. */
export interface EventHandler {
  /** `AppointmentsService.confirmed`. */
  name: string;
  metadata: HandlerMetadata;
  /** Runs the method as Nest runs a controller's. */
  run(event: MessagingEvent): Promise<unknown>;
}

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];
type Method = (...parameters: unknown[]) => unknown;

/** Finds the handlers of an application. */
export class HandlerRegistry {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly contexts: ExternalContextCreator,
    private readonly modules: ModuleRef,
  ) {}

  /** All methods with a handler decorator, of providers and controllers. */
  find(): EventHandler[] {
    const wrappers = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    return wrappers.flatMap((wrapper) => this.handlersOf(wrapper));
  }

  private handlersOf(wrapper: Wrapper): EventHandler[] {
    // An alias is another name of a provider that is found under its own.
    const prototype: unknown = wrapper.isAlias ? undefined : prototypeOf(wrapper);
    if (typeof prototype !== 'object' || prototype === null) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const method: unknown = Reflect.get(prototype, name);
      const metadata: HandlerMetadata[] = isMethod(method) ? (Reflect.getMetadata(HANDLER_METADATA, method) ?? []) : [];
      return metadata.map((each) => this.handler(wrapper, name, each));
    });
  }

  private handler(wrapper: Wrapper, method: string, metadata: HandlerMetadata): EventHandler {
    const name = `${wrapper.name}.${method}`;
    if (wrapper.isDependencyTreeStatic()) {
      return { name, metadata, run: this.inContext(wrapper.instance, method) };
    }
    const run = async (event: MessagingEvent) => {
      const contextId = ContextIdFactory.create();
      this.modules.registerRequestByContextId(event, contextId);
      const instance = await this.modules.resolve(wrapper.token, contextId, { strict: false });
      return this.inContext(instance, method, contextId, wrapper.id)(event);
    };
    return { name, metadata, run };
  }

  private inContext(instance: object, method: string, contextId?: { id: number }, inquirerId?: string) {
    const callback: unknown = Reflect.get(instance, method);
    if (!isMethod(callback)) throw new TypeError(`${method} is no method.`);
    return this.contexts.create(
      instance,
      callback,
      method,
      HANDLER_PARAMETERS,
      { exchangeKeyForValue: (_type: number, _data: unknown, [event]: unknown[]) => event },
      contextId,
      inquirerId,
      { guards: true, interceptors: true, filters: true },
      HANDLER_CONTEXT_TYPE,
    );
  }
}

/** Whether a handler wants an event. */
export function wants({ kind, filter }: HandlerMetadata, event: MessagingEvent): boolean {
  if (event.kind !== kind) return false;
  return event.kind !== 'button-reply' || passes(filter, event);
}

function passes({ buttonId, account, provider }: ButtonReplyFilter, event: ButtonReplyEvent): boolean {
  if (account !== undefined && account !== event.account) return false;
  if (provider !== undefined && provider !== event.provider) return false;
  if (buttonId === undefined) return true;
  // A copy, as a RegExp with the flag g or y remembers where it stopped.
  return typeof buttonId === 'string' ? buttonId === event.button.id : new RegExp(buttonId).test(event.button.id);
}

function prototypeOf({ instance, metatype }: Wrapper): unknown {
  if (instance !== undefined && instance !== null) return Object.getPrototypeOf(instance);
  return typeof metatype === 'function' ? metatype.prototype : undefined;
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
