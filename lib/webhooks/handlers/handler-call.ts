import { AsyncResource } from 'node:async_hooks';
import { type CallHandler, ForbiddenException, HttpException } from '@nestjs/common';
import { FILTER_CATCH_EXCEPTIONS } from '@nestjs/common/constants.js';
import { defer, isObservable, lastValueFrom, type Observable } from 'rxjs';
import type { CallOutcome, ErrorSource } from './call-outcome.js';
import { isMistake, isProgrammingError, isThrottler } from './enhancer-mistakes.js';
import type { HandlerContext } from './handler-context.js';
import type { Enhancer, EnhancerKind, EnhancerKinds, PipeMetadata } from './handler-enhancers.js';
import type { HandlerParameter } from './handler-parameters.js';

/** A parameter with its own pipes. */
export interface ReadyParameter extends HandlerParameter {
  ownPipes: readonly Enhancer<EnhancerKinds['pipe']>[];
}

/** A handler with its enhancers for one event. */
export interface ReadyHandler {
  event: object;
  /** Global enhancers that cannot be created for an event. */
  skipped: readonly ErrorSource[];
  context: HandlerContext;
  guards: readonly Enhancer<EnhancerKinds['guard']>[];
  interceptors: readonly Enhancer<EnhancerKinds['interceptor']>[];
  pipes: readonly Enhancer<EnhancerKinds['pipe']>[];
  filters: readonly Enhancer<EnhancerKinds['filter']>[];
  parameters: readonly ReadyParameter[];
  call(values: readonly unknown[]): unknown;
}

/**
 * Runs a handler like a controller's method: guards, interceptors, pipes, the method, filters. Unlike Nest's context
 * for other transports, it knows which of them failed. A global enhancer that only supports HTTP is skipped. An
 * enhancer that has handled events is never skipped, because the event's content may have caused its error.
 */
export class HandlerCall {
  private readonly skipped: ErrorSource[];
  private source: ErrorSource | undefined;
  private own: { error: unknown } | undefined;
  private isDenied = false;
  private hasRun = false;

  constructor(
    private readonly handler: ReadyHandler,
    private readonly proven: WeakSet<object>,
  ) {
    this.skipped = [...handler.skipped];
  }

  async run(): Promise<CallOutcome> {
    try {
      for (const guard of this.handler.guards) await this.runGuard(guard);
      await this.intercept(0);
      return this.outcome();
    } catch (error) {
      return this.filter(error);
    }
  }

  private outcome(more: Partial<CallOutcome> = {}): CallOutcome {
    const own = this.own && this.source?.kind === 'interceptor' && { handlerError: this.own.error };
    return { isDenied: this.isDenied, hasRun: this.hasRun, skipped: this.skipped, ...own, ...more };
  }

  private async runGuard(guard: Enhancer<EnhancerKinds['guard']>): Promise<void> {
    const context = this.handler.context.another();
    try {
      const result = await guard.instance.canActivate(context);
      const allows = isObservable(result) ? await lastValueFrom(result) : result;
      if (!allows) throw new ForbiddenException('Forbidden resource');
      this.markSupported(guard, context);
    } catch (error) {
      // A guard that throws denies the event, unless it does not support events. A request-scoped guard may have
      // received the event when it was created.
      const isUnsupported = !guard.isScoped && context.wasMistaken && isMistake(error);
      if (isUnsupported && this.isForeign(guard, context)) return this.skip('guard', guard, error);
      this.isDenied = error instanceof HttpException;
      if (this.isDenied) this.markSupported(guard, context);
      throw this.failed('guard', guard.name, error, context);
    }
  }

  private async intercept(index: number): Promise<unknown> {
    const interceptor = this.handler.interceptors[index];
    if (!interceptor) return this.callMethod();
    const context = this.handler.context.another();
    let inner: { error: unknown } | undefined;
    let running: Promise<unknown> | undefined;
    const proceed = async () => {
      running = this.intercept(index + 1);
      try {
        return await running;
      } catch (error) {
        inner = { error };
        throw error;
      }
    };
    // The handler runs in the interceptor's AsyncLocalStorage context.
    const next: CallHandler = { handle: () => defer(AsyncResource.bind(proceed)) };
    try {
      const value = await lastOf(await interceptor.instance.intercept(context, next));
      this.markSupported(interceptor, context);
      return value;
    } catch (error) {
      if (inner && inner.error === error) throw error;
      const isUnsupported = running ? isProgrammingError(error) : context.wasMistaken;
      if (isUnsupported && this.isForeign(interceptor, context)) {
        this.skip('interceptor', interceptor, error);
        return running ?? this.intercept(index + 1);
      }
      throw this.failed('interceptor', interceptor.name, error, context);
    }
  }

  private async callMethod(): Promise<unknown> {
    const values: unknown[] = [];
    await Promise.all(
      this.handler.parameters.map(async (parameter) => {
        values[parameter.index] = await this.valueOf(parameter);
      }),
    );
    this.hasRun = true;
    try {
      return await lastOf(await this.handler.call(values));
    } catch (error) {
      this.own = { error };
      throw this.failed('handler', '', error);
    }
  }

  private async valueOf({ index, type, data, schema, ownPipes, valueIn }: ReadyParameter): Promise<unknown> {
    const { event, pipes } = this.handler;
    const metadata: PipeMetadata = { type: 'custom', metatype: type, data, ...(schema !== undefined && { schema }) };
    const context = this.handler.context.another();
    let value: unknown;
    try {
      value = await valueIn(event, context);
    } catch (error) {
      throw this.failed('parameter', String(index + 1), error, context);
    }
    for (const pipe of [...pipes, ...ownPipes]) value = await this.transformed(value, pipe, metadata);
    return value;
  }

  private async transformed(value: unknown, pipe: Enhancer<EnhancerKinds['pipe']>, metadata: PipeMetadata) {
    const context = this.handler.context.another();
    // Only the event can be mistaken for a request.
    const isWatched = pipe.isGlobal && value === this.handler.event;
    try {
      const transformed = await pipe.instance.transform(isWatched ? context.request : value, metadata);
      this.markSupported(pipe, context);
      return transformed === context.request ? value : transformed;
    } catch (error) {
      if (!isWatched || !isProgrammingError(error) || !this.isForeign(pipe, context)) {
        throw this.failed('pipe', pipe.name, error, context);
      }
      this.skip('pipe', pipe, error);
      return value;
    }
  }

  /** Runs the first filter that catches the error: those of the method first, global ones last. */
  private async filter(error: unknown): Promise<CallOutcome> {
    const { filters } = this.handler;
    const context = this.handler.context.another();
    const failure = this.source ?? { kind: 'handler', name: '', error };
    const filter = filters.toReversed().find(({ instance }) => catches(instance, error));
    if (!filter) return this.outcome({ failure });
    try {
      const result: unknown = await filter.instance.catch(error, context);
      // Global filters often return without effect if the context is not HTTP. Then the error is not handled.
      return this.outcome(result === undefined && filter.isGlobal ? { failure } : {});
    } catch (thrown) {
      if (thrown === error) return this.outcome({ failure });
      const { name } = filter;
      const isMistaken = context.wasMistaken;
      return this.outcome({ failure, filterFailure: { kind: 'filter', name, error: thrown, isMistaken } });
    }
  }

  private skip(kind: EnhancerKind, { name, instance }: Enhancer<object>, error: unknown): void {
    this.skipped.push({ kind, name, error, isMistaken: true, isThrottler: isThrottler(instance) });
  }

  /** Remembers that an enhancer supports events. */
  private markSupported({ isScoped, identity }: Enhancer<object>, context: HandlerContext): void {
    if (isScoped || context.knewEvent) this.proven.add(identity);
  }

  /** Checks if a global enhancer has never handled events. */
  private isForeign({ isGlobal, identity }: Enhancer<object>, context: HandlerContext): boolean {
    return isGlobal && !context.knewEvent && !this.proven.has(identity);
  }

  /** Remembers the source of an error, and returns the error. */
  private failed(kind: ErrorSource['kind'], name: string, error: unknown, context?: HandlerContext): unknown {
    this.source = { kind, name, error, isMistaken: context?.wasMistaken ?? false };
    return error;
  }
}

/** Resolves to the last value of an Observable, as interceptors return it, or to the value itself. */
function lastOf(result: unknown): Promise<unknown> | unknown {
  return isObservable(result)
    ? lastValueFrom(result satisfies Observable<unknown>, { defaultValue: undefined })
    : result;
}

function catches(filter: EnhancerKinds['filter'], error: unknown): boolean {
  const prototype: unknown = Object.getPrototypeOf(filter);
  const given: unknown =
    typeof prototype === 'object' && prototype !== null
      ? (Reflect.getMetadata(FILTER_CATCH_EXCEPTIONS, prototype) ??
        Reflect.getMetadata(FILTER_CATCH_EXCEPTIONS, filter.constructor))
      : undefined;
  const types = Array.isArray(given) ? given : [];
  return types.length === 0 || types.some((type) => typeof type === 'function' && error instanceof type);
}
