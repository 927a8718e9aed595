import { Injectable, type Type } from '@nestjs/common';
import type { CallOutcome, ErrorSource } from './call-outcome.js';
import { HandlerCall, type ReadyHandler } from './handler-call.js';
import { HandlerContext } from './handler-context.js';
import { type BoundEnhancer, type BoundEnhancers, type EnhancerKind, HandlerEnhancers } from './handler-enhancers.js';
import { type ContextId, HandlerInstances, type Wrapper } from './handler-host.js';
import type { HandlerParameter } from './handler-parameters.js';

export type Method = (...parameters: unknown[]) => unknown;

/** A method of a provider or controller. */
export interface HandlerMethod {
  wrapper: Wrapper;
  handlerClass: Type<unknown>;
  methodName: string;
  method: Method;
}

/** A handler with everything that does not depend on the event. */
export interface BoundHandler extends HandlerMethod {
  /** The instance for all events. Undefined if each event has its own. */
  shared: object | undefined;
  enhancers: BoundEnhancers;
  parameters: readonly (HandlerParameter & { ownPipes: readonly BoundEnhancer[] })[];
}

/** Runs event handlers with the instances of their scope. */
@Injectable()
export class HandlerRunner {
  /** Enhancers that have handled an event, and therefore support more than HTTP. */
  private readonly proven = new WeakSet<object>();

  constructor(
    private readonly enhancers: HandlerEnhancers,
    private readonly instances: HandlerInstances,
  ) {}

  async run(handler: BoundHandler, event: object): Promise<CallOutcome> {
    let ready: ReadyHandler;
    try {
      ready = await this.ready(handler, event);
    } catch (error) {
      return { failure: { kind: 'instance', name: '', error }, isDenied: false, hasRun: false, skipped: [] };
    }
    return new HandlerCall(ready, this.proven).run();
  }

  private async ready(handler: BoundHandler, event: object): Promise<ReadyHandler> {
    const { handlerClass, method, methodName, wrapper } = handler;
    let made: ContextId | undefined;
    const contextId = () => {
      made ??= this.instances.contextOf(event, wrapper.isDependencyTreeDurable());
      return made;
    };
    const skipped: ErrorSource[] = [];
    const ready = <Kind extends EnhancerKind>(kind: Kind) =>
      this.enhancers.ready(kind, handler.enhancers[kind], contextId, skipped);
    const instantiated = (pipe: BoundEnhancer) => this.enhancers.instantiate('pipe', pipe, contextId);
    const instance = handler.shared ?? (await this.instances.inContext(wrapper, contextId()));
    const call = methodOf(instance, methodName);
    return {
      event,
      context: new HandlerContext(event, handlerClass, method),
      guards: await ready('guard'),
      interceptors: await ready('interceptor'),
      pipes: await ready('pipe'),
      filters: await ready('filter'),
      parameters: await Promise.all(
        handler.parameters.map(async (parameter) => ({
          ...parameter,
          ownPipes: await Promise.all(parameter.ownPipes.map(instantiated)),
        })),
      ),
      call,
      skipped,
    };
  }
}

function methodOf(instance: unknown, name: string): (values: readonly unknown[]) => unknown {
  const method: unknown = typeof instance === 'object' && instance !== null ? Reflect.get(instance, name) : undefined;
  if (!isMethod(method)) throw new TypeError(`The provider has no method ${name}`);
  return (values) => method.apply(instance, [...values]);
}

export function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
