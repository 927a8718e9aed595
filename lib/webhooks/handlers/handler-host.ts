import { Injectable, type Type } from '@nestjs/common';
import { ContextIdFactory, type DiscoveryService, ModuleRef } from '@nestjs/core';
import { isRecord } from '../../validation/is-record.js';

/** A provider, controller or enhancer as Nest keeps it. */
export type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** A module as Nest keeps it. */
export type HostModule = NonNullable<Wrapper['host']>;

/** Identifies one set of request-scoped instances. */
export type ContextId = ReturnType<typeof ContextIdFactory.create>;

type Collection = HostModule['providers'];
type EnhancerSubtype = Parameters<HostModule['addInjectable']>[1];

/** What of Nest's injector is used. Every module's `ModuleRef` holds it. */
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

/** Gets instances of any scope from Nest's container, each from the module that holds it. */
@Injectable()
export class HandlerInstances {
  private readonly injector: NestInjector;

  constructor(private readonly modules: ModuleRef) {
    const injector: unknown = Reflect.get(modules, 'injector');
    if (!isInjector(injector)) throw new TypeError('This version of @nestjs/core has no injector in its ModuleRef.');
    this.injector = injector;
  }

  /**
   * Creates the injection context of one event for one handler, as Nest does for one HTTP request. The application's
   * `ContextIdStrategy` decides which durable instances it uses.
   */
  contextOf(event: object, isDurable: boolean): ContextId {
    const contextId = ContextIdFactory.getByRequest(event);
    const { payload } = contextId;
    const request = isRecord(payload) ? { ...event, ...payload } : event;
    // A durable instance outlives the event and must not keep it.
    this.modules.registerRequestByContextId(isDurable && contextId.getParent ? payload : request, contextId);
    return contextId;
  }

  /** The instance that serves every event, of what is not request-scoped; of a transient class, one of its own. */
  async shared(wrapper: Wrapper): Promise<unknown> {
    return wrapper.isTransient ? this.inContext(wrapper, ContextIdFactory.create()) : wrapper.instance;
  }

  /** Creates or finds the instance of a context. */
  async inContext(wrapper: Wrapper, contextId: ContextId): Promise<unknown> {
    const host = hostOf(wrapper);
    return this.injector.loadPerContext(wrapper.instance, host, collectionOf(wrapper, host), contextId, wrapper);
  }

  /** Whether a module is complete; one that is being loaded lazily is not yet. */
  isLoaded(host: HostModule): boolean {
    const anyContext = ContextIdFactory.create();
    const isReady = (wrapper: Wrapper) =>
      wrapper.isTransient ||
      !wrapper.isDependencyTreeStatic() ||
      wrapper.getInstanceByContextId(anyContext).isResolved === true;
    const all = [...host.providers.values(), ...host.injectables.values(), ...host.controllers.values()];
    return all.every(isReady);
  }

  /** Adds an enhancer's class to a module that does not have it yet, as Nest does when it scans a class. */
  async addEnhancer(enhancer: Type<unknown>, subtype: EnhancerSubtype, host: HostModule): Promise<void> {
    host.addInjectable(enhancer, subtype);
    const wrapper = host.injectables.get(enhancer);
    if (wrapper) await this.injector.loadInjectable(wrapper, host);
  }
}

/** The module that holds a provider. */
export function hostOf({ host, name }: Wrapper): HostModule {
  if (!host) throw new TypeError(`The provider ${name} is in no module.`);
  return host;
}

function collectionOf(wrapper: Wrapper, host: HostModule): Collection {
  const collections = [host.providers, host.controllers, host.injectables];
  return collections.find((collection) => collection.get(wrapper.token) === wrapper) ?? host.providers;
}

function isInjector(value: unknown): value is NestInjector {
  const methods = ['loadPerContext', 'loadInjectable'];
  return (
    typeof value === 'object' &&
    value !== null &&
    methods.every((method) => typeof Reflect.get(value, method) === 'function')
  );
}
