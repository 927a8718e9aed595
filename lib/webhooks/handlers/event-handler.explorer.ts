import { Inject, Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { WebhookOptions } from '../../config/button-messaging-options.interface.js';
import type { Issue } from '../../errors/issue.js';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { MessagingLogger } from '../../telemetry/messaging.logger.js';
import { EventDispatcher } from '../event.dispatcher.js';
import { WEBHOOK_OPTIONS } from '../webhooks.constants.js';
import { HandlerEnhancers, UnusableEnhancerError } from './handler-enhancers.js';
import { HandlerInstances, type HostModule, hostOf, type Wrapper } from './handler-host.js';
import { HANDLER_METADATA, type HandledEvent, type HandlerMetadata } from './handler-metadata.js';
import { parametersOf } from './handler-parameters.js';
import { HandlerReports } from './handler-reports.js';
import { type BoundHandler, type HandlerMethod, HandlerRunner, isMethod, type Method } from './handler-runner.js';
import { warnAboutUnusedHandlers } from './unused-handlers.js';

/** An event handler. */
export interface EventHandler {
  /** For example `AppointmentsService.confirmed`. */
  name: string;
  /** The metadata of each decorator. */
  metadata: readonly HandlerMetadata[];
  /** Runs the method with its enhancers, and logs errors. @throws The error, if no filter handled it. */
  run(event: HandledEvent): Promise<void>;
}

/** A method with a handler decorator. */
interface FoundHandler extends HandlerMethod {
  metadata: readonly HandlerMetadata[];
}

/** Finds the event handlers of all modules, including lazily loaded ones. */
@Injectable()
export class EventHandlerExplorer implements OnApplicationBootstrap {
  /** Set when the application has started. Readable before Nest's constructor of this class. */
  isLoaded?: true;
  private readonly searched = new Set<HostModule>();
  private readonly found: EventHandler[] = [];
  private loading: Promise<void> | undefined;
  private readonly instancesSeen = new Map<object, Set<string>>();

  constructor(
    private readonly modules: ModulesContainer,
    private readonly scanner: MetadataScanner,
    private readonly instances: HandlerInstances,
    private readonly enhancers: HandlerEnhancers,
    private readonly runner: HandlerRunner,
    private readonly reports: HandlerReports,
    private readonly dispatcher: EventDispatcher,
    private readonly logger: MessagingLogger,
    @Inject(WEBHOOK_OPTIONS) private readonly webhooks: WebhookOptions | false | undefined,
  ) {}

  /** Finds the handlers at startup. @throws ConfigurationError if a handler cannot run. */
  async onApplicationBootstrap(): Promise<void> {
    await this.load();
    this.dispatcher.use(this);
    if (this.webhooks === undefined) warnAboutUnusedHandlers(this.handlers, this.logger);
  }

  /** All methods with a handler decorator, of providers and controllers. */
  get handlers(): readonly EventHandler[] {
    return this.found;
  }

  private async load(): Promise<void> {
    this.isLoaded = true;
    const issues: Issue[] = [];
    const found: FoundHandler[] = [];
    for (const host of this.modules.values()) {
      this.searched.add(host);
      found.push(...this.handlersIn(host));
    }
    for (const each of found) issues.push(...(await this.add(each)));
    if (issues.length > 0) throw new ConfigurationError(issues);
    this.warnOfSeveral(found);
  }

  /** Finds handlers of lazily loaded modules. Returns undefined if no module was added. */
  refresh(): Promise<void> | undefined {
    if (this.modules.size === this.searched.size) return this.loading;
    this.loading ??= this.loadLater().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async loadLater(): Promise<void> {
    for (const host of this.modules.values()) {
      if (this.searched.has(host) || !this.instances.isLoaded(host)) continue;
      this.searched.add(host);
      for (const each of this.handlersIn(host)) {
        const issues = await this.add(each);
        for (const { message } of issues) this.logger.error(`An event handler is disabled: ${message}.`);
      }
    }
  }

  private handlersIn(host: HostModule): FoundHandler[] {
    const wrappers = [...host.providers.values(), ...host.controllers.values()];
    return wrappers.flatMap((wrapper) => this.handlersOf(wrapper));
  }

  private handlersOf(wrapper: Wrapper): FoundHandler[] {
    // An alias refers to a provider that is found by its own token.
    const prototype = wrapper.isAlias ? undefined : prototypeOf(wrapper);
    const handlerClass: unknown = prototype?.constructor;
    if (!prototype || !isClass(handlerClass)) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((methodName) => {
      const method: unknown = Reflect.get(prototype, methodName);
      if (!isMethod(method)) return [];
      const metadata = metadataOf(method);
      if (metadata.length > 0) return [{ wrapper, handlerClass, methodName, method, metadata }];
      this.warnOfOverridden(handlerClass, methodName, prototype);
      return [];
    });
  }

  /** Adds a handler. @returns The issues, if it cannot be added. */
  private async add(found: FoundHandler): Promise<Issue[]> {
    const { handlerClass, methodName, metadata } = found;
    const name = `${handlerClass.name}.${methodName}`;
    try {
      const handler = await this.bind(found);
      if (handler.shared && !this.isFirst(handler.shared, methodName)) return [];
      const run = async (event: HandledEvent) => {
        const outcome = await this.runner.run(handler, event);
        this.reports.report({ handler: name, className: handlerClass.name, event }, outcome);
        if (outcome.failure) throw outcome.failure.error;
      };
      this.found.push({ name, metadata, run });
      return [];
    } catch (error) {
      if (!(error instanceof UnusableEnhancerError)) throw error;
      return [{ path: name, rule: 'handler', message: `the event handler ${name} cannot run: ${error.message}` }];
    }
  }

  private async bind(found: FoundHandler): Promise<BoundHandler> {
    const { wrapper, handlerClass, methodName, method } = found;
    const host = hostOf(wrapper);
    const parameters = parametersOf(handlerClass, methodName);
    if (typeof parameters === 'number') throw new UnusableEnhancerError(foreignParameter(parameters));
    const enhancers = await this.enhancers.bindHandler(handlerClass, method, host);
    const bound: BoundHandler['parameters'][number][] = [];
    for (const parameter of parameters) {
      bound.push({ ...parameter, ownPipes: await this.enhancers.bind('pipe', parameter.pipes, host) });
    }
    const shared: unknown = wrapper.isDependencyTreeStatic() ? await this.instances.shared(wrapper) : undefined;
    return { ...found, shared: isObject(shared) ? shared : undefined, enhancers, parameters: bound };
  }

  /** Checks for duplicates. A factory may return the instance of another provider, which handles an event once. */
  private isFirst(instance: object, methodName: string): boolean {
    const methods = this.instancesSeen.get(instance) ?? new Set();
    this.instancesSeen.set(instance, methods);
    if (methods.has(methodName)) return false;
    methods.add(methodName);
    return true;
  }

  private warnOfSeveral(found: readonly FoundHandler[]): void {
    for (const handlerClass of new Set(found.map((each) => each.handlerClass))) {
      const own = found.filter((each) => each.handlerClass === handlerClass);
      const byInstance = new Map(own.map(({ wrapper }) => [sharedKey(wrapper), wrapper]));
      if (byInstance.size < 2) continue;
      const places = [...byInstance.values()].map((wrapper) => hostOf(wrapper).name).join(' and ');
      this.logger.warn(
        `${handlerClass.name} is provided ${byInstance.size} times, in ${places}. Each instance handles ` +
          'every event. To handle events once, provide it in one module and export it.',
      );
    }
  }

  private warnOfOverridden({ name }: Type<unknown>, methodName: string, prototype: object): void {
    for (let base: object | null = Object.getPrototypeOf(prototype); base; base = Object.getPrototypeOf(base)) {
      const overridden: unknown = Object.hasOwn(base, methodName) ? Reflect.get(base, methodName) : undefined;
      if (!isMethod(overridden) || metadataOf(overridden).length === 0) continue;
      this.logger.warn(
        `${name}.${methodName} is never called: it overrides the event handler ${base.constructor.name}.${methodName} ` +
          'without a decorator. Decorate it as well.',
      );
      return;
    }
  }
}

/** Two providers with the same key share one instance. */
function sharedKey(wrapper: Wrapper): unknown {
  return wrapper.isDependencyTreeStatic() ? wrapper.instance : wrapper;
}

function foreignParameter(index: number): string {
  return (
    `its parameter ${index + 1} has a decorator for requests or messages, for example @Body(), @Req() or @Payload(). ` +
    'Take the event as the first parameter without a decorator, ' +
    'or use one made by createParamDecorator'
  );
}

/** Returns the prototype of a provider's instance. A request-scoped factory only has its token's class. */
function prototypeOf({ instance, metatype, isFactory, token }: Wrapper): object | undefined {
  const given: unknown = instance;
  if (isObject(given)) return Object.getPrototypeOf(given) ?? undefined;
  const source: unknown = isFactory ? token : metatype;
  return isClass(source) ? source.prototype : undefined;
}

function metadataOf(method: Method): HandlerMetadata[] {
  return Reflect.getMetadata(HANDLER_METADATA, method) ?? [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isClass(value: unknown): value is Type<unknown> & { prototype: object } {
  return typeof value === 'function' && isObject(value.prototype);
}
