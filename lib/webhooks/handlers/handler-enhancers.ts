import { type CanActivate, type ExceptionFilter, Injectable, type NestInterceptor, type Type } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
} from '@nestjs/common/constants.js';
import { ApplicationConfig } from '@nestjs/core';
import type { ErrorSource } from './call-outcome.js';
import { type ContextId, HandlerInstances, type HostModule, type Wrapper } from './handler-host.js';

/** A pipe for any value. */
export interface Pipe {
  transform(value: unknown, metadata: PipeMetadata): unknown;
}

/** The metadata of a value that a pipe transforms. */
export interface PipeMetadata {
  type: 'custom';
  metatype: unknown;
  data: unknown;
  /** The Standard Schema of the decorator. Nest 12 passes it to pipes. */
  schema?: unknown;
}

/** The type of each kind of enhancer. */
export interface EnhancerKinds {
  guard: CanActivate;
  interceptor: NestInterceptor;
  pipe: Pipe;
  filter: ExceptionFilter;
}

export type EnhancerKind = keyof EnhancerKinds;

/** An enhancer that is ready to run. */
export interface Enhancer<Instance> {
  /** The name of its class. */
  name: string;
  /** Whether it is global. */
  isGlobal: boolean;
  instance: Instance;
  /** Whether each event has its own instance, which may have received the event when it was created. */
  isScoped: boolean;
  /** An object that identifies the enhancer across events. */
  identity: object;
}

/** An enhancer of a handler, and how to get its instance. */
export interface BoundEnhancer {
  name: string;
  isGlobal: boolean;
  /** The instance for all events. Undefined if each event has its own. */
  shared?: unknown;
  wrapper?: Wrapper;
}

/** The enhancers of one handler in Nest's order: the class's, then the method's. */
export type BoundEnhancers = Readonly<Record<EnhancerKind, readonly BoundEnhancer[]>>;

const METADATA: Readonly<Record<EnhancerKind, string>> = {
  guard: GUARDS_METADATA,
  interceptor: INTERCEPTORS_METADATA,
  pipe: PIPES_METADATA,
  filter: EXCEPTION_FILTERS_METADATA,
};

const METHOD: Readonly<Record<EnhancerKind, string>> = {
  guard: 'canActivate',
  interceptor: 'intercept',
  pipe: 'transform',
  filter: 'catch',
};

/** An enhancer that cannot run in handlers. */
export class UnusableEnhancerError extends Error {}

/** Finds the guards, interceptors, pipes and filters of event handlers. */
@Injectable()
export class HandlerEnhancers {
  /** Global enhancers that were created for an event before. */
  private readonly made = new WeakSet<Wrapper>();

  constructor(
    private readonly application: ApplicationConfig,
    private readonly instances: HandlerInstances,
  ) {}

  /**
   * Binds the enhancers of a class and one of its methods. Nest has created those that are given by class, except for
   * handlers of factories and values.
   *
   * @throws UnusableEnhancerError if one of them cannot run.
   */
  async bindHandler(handlerClass: object, method: object, host: HostModule): Promise<BoundEnhancers> {
    const given = (kind: EnhancerKind) =>
      [handlerClass, method].flatMap((target): unknown[] => Reflect.getMetadata(METADATA[kind], target) ?? []);
    return {
      guard: await this.bind('guard', given('guard'), host),
      interceptor: await this.bind('interceptor', given('interceptor'), host),
      pipe: await this.bind('pipe', given('pipe'), host),
      filter: await this.bind('filter', given('filter'), host),
    };
  }

  /** Binds enhancers that are given by class or instance. @throws UnusableEnhancerError if one of them cannot run. */
  async bind(kind: EnhancerKind, given: readonly unknown[], host: HostModule): Promise<BoundEnhancer[]> {
    const bound: BoundEnhancer[] = [];
    // Sequentially: two handlers may use the same class, which is created once.
    for (const each of given) bound.push(await this.bindOne(kind, each, host));
    return bound;
  }

  private async bindOne(kind: EnhancerKind, given: unknown, host: HostModule): Promise<BoundEnhancer> {
    if (!isClass(given)) return checked(kind, { name: nameOf(given), isGlobal: false, shared: given });
    const { name } = given;
    const wrapper = host.injectables.get(given) ?? (await this.added(kind, given, host));
    if (!wrapper.isDependencyTreeStatic()) return { name, isGlobal: false, wrapper };
    const instance = await this.instances.shared(wrapper);
    // Nest calls the static method of a class whose instance has none.
    const shared: unknown = !isEnhancer(kind, instance) && isEnhancer(kind, given) ? given : instance;
    return checked(kind, { name, isGlobal: false, shared });
  }

  /**
   * Returns all enhancers of a kind with the instances of this event, global ones first.
   *
   * @param skipped Gets the global enhancers that cannot be created for an event.
   */
  async ready<Kind extends EnhancerKind>(
    kind: Kind,
    own: readonly BoundEnhancer[],
    contextId: () => ContextId,
    skipped: ErrorSource[],
  ): Promise<Enhancer<EnhancerKinds[Kind]>[]> {
    const enhancers: Enhancer<EnhancerKinds[Kind]>[] = [];
    for (const each of [...this.globals(kind), ...own]) {
      try {
        enhancers.push(await this.instantiate(kind, each, contextId));
      } catch (error) {
        // A guard that cannot be created denies the event. If it was created before, this event is the cause.
        if (!each.isGlobal || kind === 'guard' || (each.wrapper && this.made.has(each.wrapper))) throw error;
        skipped.push({ kind, name: each.name, error, isMistaken: true });
      }
    }
    return enhancers;
  }

  private globals(kind: EnhancerKind): BoundEnhancer[] {
    const { shared, scoped } = globalsOf(this.application, kind);
    const ready = shared.filter((each) => each !== undefined && each !== null);
    return [
      ...ready.map((each) => ({ name: nameOf(each), isGlobal: true, shared: each })),
      ...scoped.map((wrapper) => ({ name: String(wrapper.name), isGlobal: true, wrapper })),
    ];
  }

  /** Returns an enhancer with its instance of this event. */
  async instantiate<Kind extends EnhancerKind>(
    kind: Kind,
    { name, isGlobal, shared, wrapper }: BoundEnhancer,
    contextId: () => ContextId,
  ): Promise<Enhancer<EnhancerKinds[Kind]>> {
    const instance = wrapper ? await this.instances.inContext(wrapper, contextId()) : shared;
    if (!isEnhancer(kind, instance)) throw unusable(kind, name);
    if (!wrapper) return { name, isGlobal, instance, isScoped: false, identity: instance };
    this.made.add(wrapper);
    return { name: nameOf(instance), isGlobal, instance, isScoped: true, identity: wrapper };
  }

  private async added(kind: EnhancerKind, given: Type<unknown>, host: HostModule): Promise<Wrapper> {
    const what = `its ${kind} ${given.name} cannot be created in its module`;
    const wrapper = await this.instances.addEnhancer(given, kind, host).catch((error: unknown) => {
      throw new UnusableEnhancerError(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (!wrapper) throw new UnusableEnhancerError(what);
    return wrapper;
  }
}

function globalsOf(application: ApplicationConfig, kind: EnhancerKind): { shared: unknown[]; scoped: Wrapper[] } {
  switch (kind) {
    case 'guard':
      return { shared: application.getGlobalGuards(), scoped: application.getGlobalRequestGuards() };
    case 'interceptor':
      return { shared: application.getGlobalInterceptors(), scoped: application.getGlobalRequestInterceptors() };
    case 'pipe':
      return { shared: application.getGlobalPipes(), scoped: application.getGlobalRequestPipes() };
    case 'filter':
      return { shared: application.getGlobalFilters(), scoped: application.getGlobalRequestFilters() };
  }
}

function checked(kind: EnhancerKind, enhancer: BoundEnhancer): BoundEnhancer {
  if (!isEnhancer(kind, enhancer.shared)) throw unusable(kind, enhancer.name);
  return enhancer;
}

function unusable(kind: EnhancerKind, name: string): UnusableEnhancerError {
  return new UnusableEnhancerError(`its ${kind} ${name} has no method ${METHOD[kind]}`);
}

function isEnhancer<Kind extends EnhancerKind>(kind: Kind, value: unknown): value is EnhancerKinds[Kind] {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject && typeof Reflect.get(value, METHOD[kind]) === 'function';
}

function isClass(value: unknown): value is Type<unknown> {
  return typeof value === 'function';
}

function nameOf(instance: unknown): string {
  if (typeof instance === 'function') return instance.name;
  const name = typeof instance === 'object' && instance !== null ? instance.constructor?.name : undefined;
  return name === undefined || name === '' || name === 'Object' ? 'given as an object' : name;
}
