import { Injectable, type Type } from '@nestjs/common';
import { ContextIdFactory, type DiscoveryService, ModuleRef } from '@nestjs/core';
import { isRecord } from '../../validation/is-record.js';

/** A provider, controller or enhancer in Nest's container. */
export type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** A module in Nest's container. */
export type HostModule = NonNullable<Wrapper['host']>;

/** The ID of a set of request-scoped instances. */
export type ContextId = ReturnType<typeof ContextIdFactory.create>;

type Collection = HostModule['providers'];
type EnhancerSubtype = Parameters<HostModule['addInjectable']>[1];

/** The methods of Nest's injector that are used. Every `ModuleRef` has one. */
interface NestInjector {
  loadPerContext(
    instance: unknown,
    module: HostModule,
    collection: Collection,
    contextId: ContextId,
    wrapper: Wrapper,
  ): Promise<unknown>;
  loadInjectable(wrapper: Wrapper, module: HostModule): Promise<void>;
}

/** Gets instances of any scope from Nest's container, from the module that provides them. */
@Injectable()
export class HandlerInstances {
  private readonly injector: NestInjector;

  constructor(private readonly modules: ModuleRef) {
    const injector: unknown = Reflect.get(modules, 'injector');
    if (!isInjector(injector))
      throw new TypeError('This version of @nestjs/core is not supported: its ModuleRef has no injector');
    this.injector = injector;
  }

  /**
   * Creates the injection context of one event and handler, like Nest does for an HTTP request. The application's
   * `ContextIdStrategy` chooses durable instances.
   */
  contextOf(event: object, isDurable: boolean): ContextId {
    const contextId = ContextIdFactory.getByRequest(event);
    const { payload } = contextId;
    const request = isRecord(payload) ? { ...event, ...payload } : event;
    // A durable instance must not keep the event in memory.
    this.modules.registerRequestByContextId(isDurable && contextId.getParent ? payload : request, contextId);
    return contextId;
  }

  /** Returns the instance for all events. A transient class has an instance of its own for each handler. */
  async shared(wrapper: Wrapper): Promise<unknown> {
    return wrapper.isTransient ? this.inContext(wrapper, ContextIdFactory.create()) : wrapper.instance;
  }

  /** Returns the instance of a context. */
  async inContext(wrapper: Wrapper, contextId: ContextId): Promise<unknown> {
    const host = hostOf(wrapper);
    return this.injector.loadPerContext(wrapper.instance, host, collectionOf(wrapper, host), contextId, wrapper);
  }

  /** Checks if a module is complete. A lazily loaded one is not while it loads. */
  isLoaded(host: HostModule): boolean {
    const anyContext = ContextIdFactory.create();
    const isReady = (wrapper: Wrapper) =>
      wrapper.isTransient ||
      !wrapper.isDependencyTreeStatic() ||
      wrapper.getInstanceByContextId(anyContext).isResolved === true;
    const all = [...host.providers.values(), ...host.injectables.values(), ...host.controllers.values()];
    return all.every(isReady);
  }

  /** Adds an enhancer's class to a module, as Nest's scanner does. */
  async addEnhancer(enhancer: Type<unknown>, subtype: EnhancerSubtype, host: HostModule): Promise<Wrapper | undefined> {
    host.addInjectable(enhancer, subtype);
    const wrapper = host.injectables.get(enhancer);
    if (wrapper) await this.injector.loadInjectable(wrapper, host);
    return wrapper;
  }
}

/** Returns the module of a provider. */
export function hostOf({ host, name }: Wrapper): HostModule {
  if (!host) throw new TypeError(`The provider ${name} does not belong to a module`);
  return host;
}

function collectionOf(wrapper: Wrapper, host: HostModule): Collection {
  const collections = [host.providers, host.controllers, host.injectables];
  return collections.find((collection) => collection.get(wrapper.token) === wrapper) ?? host.providers;
}

function isInjector(value: unknown): value is NestInjector {
  return isRecord(value) && typeof value.loadPerContext === 'function' && typeof value.loadInjectable === 'function';
}
