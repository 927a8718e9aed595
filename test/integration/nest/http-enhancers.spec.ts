import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ArgumentMetadata,
  type ArgumentsHost,
  BadRequestException,
  type CallHandler,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  Scope,
  type Type,
  UnauthorizedException,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, BaseExceptionFilter, REQUEST } from '@nestjs/core';
import { catchError, map, type Observable, tap, throwError } from 'rxjs';
import { type ButtonReplyEvent, OnButtonReply } from '../../../lib/index.js';
import { PLATFORMS } from '../../support/webhook-app.js';
import { HandlerApps } from './handler-app.js';
import { loadThrottler } from './throttler.js';

const { SkipThrottle, ThrottlerGuard, ThrottlerModule } = loadThrottler();

/** The calls, in order. */
let calls: string[] = [];
beforeEach(() => {
  calls = [];
});
const apps = new HandlerApps();
afterEach(() => apps.close());

interface Request {
  headers: Record<string, string>;
  user: { id: string };
  url: string;
  method: string;
}
interface Response {
  statusCode: number;
  setHeader(name: string, value: string): void;
  status(code: number): { json(body: unknown): void };
}
const requestOf = (context: ArgumentsHost) => context.switchToHttp().getRequest<Request>();
const responseOf = (context: ArgumentsHost) => context.switchToHttp().getResponse<Response>();
/** Whether it is the webhook's own route, which all enhancers here let pass. */
const isRoute = (context: ExecutionContext) => context.getClass().name.includes('Webhook');

class Refused extends Error {
  override name = 'Refused';
}

@Injectable()
class Desk {
  @OnButtonReply()
  reply({ button }: ButtonReplyEvent) {
    calls.push(button.id);
    if (button.id === 'fail') throw new Refused('in words of a customer');
    return { id: button.id };
  }
}

describe.each(PLATFORMS)('Global ThrottlerGuard on %s', (_name, adapter) => {
  const throttled = (more: object = {}) => [
    ThrottlerModule.forRoot({ throttlers: [{ ttl: 60_000, limit: 1_000 }], ...more }),
  ];
  const providers = (Handler: Type) => [Handler, { provide: APP_GUARD, useClass: ThrottlerGuard }];

  it('loses no event and logs once what to do', async () => {
    const app = await apps.start({ adapter, imports: throttled(), providers: providers(Desk) });
    for (const id of ['one', 'two', 'three']) await app.press(id);
    expect(calls).toEqual(['one', 'two', 'three']);
    expect(app.lines).toEqual([
      'The global guard ThrottlerGuard does not support the event handler Desk.reply (TypeError) and was skipped: it expects ' +
        'HTTP requests. Put @SkipThrottle() on Desk, or let it pass if context.getType() is ' +
        "'button-messaging'.",
    ]);
  });

  it('does not throttle events as one client with setHeaders: false', async () => {
    const imports = [
      ThrottlerModule.forRoot({
        throttlers: [{ ttl: 60_000, limit: 1 }],
        setHeaders: false,
        getTracker: ({ ip }) => String(ip),
        skipIf: isRoute,
      }),
    ];
    const app = await apps.start({ adapter, imports, providers: providers(Desk) });
    for (const id of ['one', 'two', 'three']) await app.press(id);
    expect(calls).toEqual(['one', 'two', 'three']);
    expect(app.lines.join('\n')).toContain('ThrottlerGuard');
  });

  it('is recognized in a subclass', async () => {
    @Injectable()
    class PerUser extends ThrottlerGuard {}

    const app = await apps.start({
      adapter,
      imports: throttled(),
      providers: [Desk, { provide: APP_GUARD, useClass: PerUser }],
    });
    await app.press('one');
    expect(calls).toEqual(['one']);
    expect(app.lines).toEqual([expect.stringMatching(/guard PerUser .* Put @SkipThrottle\(\) on Desk/)]);
  });

  it('logs nothing with @SkipThrottle() on the class', async () => {
    @SkipThrottle()
    @Injectable()
    class Skipping extends Desk {}

    const app = await apps.start({ adapter, imports: throttled(), providers: providers(Skipping) });
    await app.press('one');
    expect(calls).toEqual(['one']);
    expect(app.lines).toEqual([]);
  });
});

@Injectable()
class ReadsHeaders implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (isRoute(context)) return next.handle();
    calls.push(`from ${requestOf(context).headers['x-request-id']}`);
    return next.handle();
  }
}

@Injectable()
class ReadsHeadersLater implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    await null;
    const handled = next.handle();
    if (!isRoute(context)) calls.push(`from ${requestOf(context).headers['x-request-id']}`);
    return handled;
  }
}

@Injectable()
class WritesHeaders implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (isRoute(context)) return next.handle();
    return next.handle().pipe(tap(() => responseOf(context).setHeader('x-took', '1')));
  }
}

@Injectable()
class NeedsHeader implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!isRoute(context) && requestOf(context).headers?.['x-version'] === undefined) throw new BadRequestException();
    return next.handle();
  }
}

@Injectable({ scope: Scope.REQUEST })
class MadeOfRequest implements NestInterceptor {
  private readonly id: string | undefined;

  constructor(@Inject(REQUEST) request: Request & Partial<ButtonReplyEvent>) {
    this.id = request.headers['x-request-id'];
  }

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((value: unknown) => ({ id: this.id, value })));
  }
}

describe('Global interceptor made for HTTP', () => {
  it.each<[string, Type, string]>([
    ['reads a header', ReadsHeaders, 'TypeError'],
    ['reads a header asynchronously', ReadsHeadersLater, 'TypeError'],
    ['writes a header afterwards', WritesHeaders, 'TypeError'],
    ['rejects a request without a header', NeedsHeader, 'BadRequestException'],
    ['reads a header in its constructor', MadeOfRequest, 'TypeError'],
  ])('loses no event if it %s', async (_name, useClass, error) => {
    const app = await apps.start({ providers: [Desk, { provide: APP_INTERCEPTOR, useClass }] });
    await app.press('one');
    await app.press('two');
    expect(calls).toEqual(['one', 'two']);
    const name = useClass === MadeOfRequest ? 'MadeOfRequest' : useClass.name;
    expect(app.lines).toEqual([
      `The global interceptor ${name} does not support the event handler Desk.reply (${error}) and was skipped: it expects ` +
        "HTTP requests. Let it pass if context.getType() is 'button-messaging'.",
    ]);
  });

  it('leaves the error of the handler as it is', async () => {
    const providers = [
      Desk,
      { provide: APP_INTERCEPTOR, useClass: ReadsHeaders },
      { provide: APP_INTERCEPTOR, useClass: WritesHeaders },
    ];
    const app = await apps.start({ providers });
    await app.press('fail');
    expect(calls).toEqual(['fail']);
    expect(app.lines.at(-1)).toBe('The handler Desk.reply failed on a button-reply event of account z: Refused.');
  });

  it('does not affect the interceptors around it', async () => {
    @Injectable()
    class Counts implements NestInterceptor {
      intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
        if (isRoute(context)) return next.handle();
        calls.push('before');
        return next.handle().pipe(tap(() => calls.push('after')));
      }
    }
    const providers = [Counts, ReadsHeaders, Counts].map((useClass) => ({ provide: APP_INTERCEPTOR, useClass }));
    const app = await apps.start({ providers: [Desk, ...providers] });
    await app.press('one');
    expect(calls).toEqual(['before', 'before', 'one', 'after', 'after']);
  });
});

describe('Global pipe made for HTTP', () => {
  it('loses no event', async () => {
    @Injectable()
    class Trims implements PipeTransform {
      transform(value: { body: { trim(): string } }, { type }: ArgumentMetadata) {
        return type === 'custom' ? value.body.trim() : value;
      }
    }
    const app = await apps.start({ providers: [Desk, { provide: APP_PIPE, useClass: Trims }] });
    await app.press('one');
    expect(calls).toEqual(['one']);
    expect(app.lines).toEqual([
      expect.stringContaining('The global pipe Trims does not support the event handler Desk.reply'),
    ]);
  });
});

type Press = ButtonReplyEvent & Partial<Request>;
const pressOf = (context: ArgumentsHost) => context.switchToHttp().getRequest<Press>();
/** Reads the phone number that the application takes for granted; a hidden one is missing. */
const countryOf = ({ from }: { from: { phone?: string } }) => {
  const { phone } = from as { phone: string };
  return phone.slice(0, 2);
};

@Injectable()
class LooksForHeadersFirst implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isRoute(context) || pressOf(context).headers) return true;
    return countryOf(pressOf(context)) === '55';
  }
}

@Injectable()
class LooksForHeadersLast implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isRoute(context)) return true;
    const { from, headers } = pressOf(context);
    return headers !== undefined || countryOf({ from }) === '55';
  }
}

@Injectable()
class LooksAtArgument implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const event = context.getArgByIndex<ButtonReplyEvent>(0);
    return isRoute(context) || pressOf(context).headers !== undefined || countryOf(event) === '55';
  }
}

@Injectable({ scope: Scope.REQUEST })
class WasGivenEvent implements CanActivate {
  constructor(@Inject(REQUEST) private readonly event: ButtonReplyEvent) {}

  canActivate(context: ExecutionContext): boolean {
    return isRoute(context) || pressOf(context).headers !== undefined || countryOf(this.event) === '55';
  }
}

@Injectable()
class ReadsWhatSomeEventsHave implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isRoute(context) || pressOf(context).headers) return true;
    const { media } = context.switchToHttp().getRequest<{ media: { id?: string } }>();
    return media.id !== 'refused';
  }
}

@Injectable()
class InterceptsStrangers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (isRoute(context) || pressOf(context).headers) return next.handle();
    if (countryOf(pressOf(context)) !== '55') throw new BadRequestException();
    return next.handle();
  }
}

@Injectable({ scope: Scope.REQUEST })
class IsMadeOfNumber implements NestInterceptor {
  readonly country: string;

  constructor(@Inject(REQUEST) request: Press) {
    this.country = request.from === undefined ? '' : countryOf(request);
  }

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle();
  }
}

@Injectable()
class ChecksNumber implements PipeTransform {
  transform(value: ButtonReplyEvent, { type }: ArgumentMetadata) {
    if (type !== 'custom') return value;
    if (countryOf(value) !== '55') throw new BadRequestException();
    return value;
  }
}

describe('Global enhancer that fails on a hidden phone number', () => {
  const bindings: [string, Type][] = [
    [APP_GUARD, LooksForHeadersFirst],
    [APP_GUARD, LooksForHeadersLast],
    [APP_GUARD, LooksAtArgument],
    [APP_GUARD, WasGivenEvent],
    [APP_INTERCEPTOR, InterceptsStrangers],
    [APP_PIPE, ChecksNumber],
  ];

  it.each(bindings)('stops the event as %s %p', async (provide, useClass) => {
    const app = await apps.start({ providers: [Desk, { provide, useClass }] });
    await app.pressHidden('first');
    await app.press('shown');
    await app.pressHidden('last');
    expect(calls).toEqual(['shown']);
    expect(app.lines).toHaveLength(2);
    expect(app.lines.join()).not.toContain('skipped');
  });

  it('stops the event if the enhancer could be created for another event', async () => {
    const app = await apps.start({ providers: [Desk, { provide: APP_INTERCEPTOR, useClass: IsMadeOfNumber }] });
    await app.press('shown');
    await app.pressHidden('hidden');
    expect(calls).toEqual(['shown']);
    expect(app.lines).toEqual([
      expect.stringContaining('it could not be created, TypeError. The handler did not run.'),
    ]);
  });

  it('stops an event of a kind that lacks what the guard reads', async () => {
    const app = await apps.start({ providers: [Desk, { provide: APP_GUARD, useClass: ReadsWhatSomeEventsHave }] });
    await app.press('one');
    expect(calls).toEqual([]);
  });
});

it('Handler behind a global pipe gets the event itself', async () => {
  @Injectable()
  class Passes implements PipeTransform {
    transform(value: ButtonReplyEvent) {
      return value;
    }
  }
  @Injectable()
  class Clones {
    @OnButtonReply()
    reply(event: ButtonReplyEvent) {
      calls.push(structuredClone(event).kind);
    }
  }
  const app = await apps.start({ providers: [Clones, { provide: APP_PIPE, useClass: Passes }] });
  await app.press('one');
  expect(calls).toEqual(['button-reply']);
});

@Catch()
class Answers implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost) {
    responseOf(host).status(500).json({});
  }
}

@Catch()
class AnswersAsNest extends BaseExceptionFilter {}

@Catch()
class AnswersLater implements ExceptionFilter {
  async catch(_error: unknown, host: ArgumentsHost) {
    await null;
    responseOf(host).status(500).json({});
  }
}

@Catch()
class ReturnsNothing implements ExceptionFilter {
  catch(): void {}
}

describe('Exception filter that returns nothing', () => {
  it('handles the error if bound to the handler', async () => {
    @Injectable()
    @UseFilters(ReturnsNothing)
    class Filtered {
      @OnButtonReply()
      reply() {
        throw new Error('of the handler');
      }
    }
    const app = await apps.start({ providers: [Filtered] });
    await app.press('one');
    expect(app.lines).toEqual([]);
  });

  it('does not hide the error if bound to the application', async () => {
    const app = await apps.start({ providers: [Desk, { provide: APP_FILTER, useClass: ReturnsNothing }] });
    await app.press('fail');
    expect(app.lines).toEqual(['The handler Desk.reply failed on a button-reply event of account z: Refused.']);
  });
});

describe('Global HTTP enhancer of a handler that throws', () => {
  it.each([Answers, AnswersAsNest, AnswersLater])('does not hide the error as filter %p', async (useClass) => {
    const app = await apps.start({ providers: [Desk, { provide: APP_FILTER, useClass }] });
    await app.press('fail');
    expect(app.lines).toEqual([
      expect.stringMatching(
        new RegExp(
          '^The handler Desk.reply failed on a button-reply event of account z: Refused\\. ' +
            `Its filter ${useClass.name} failed too: \\w+\\. Let it pass if context.getType\\(\\) is`,
        ),
      ),
    ]);
  });

  it('does not hide the error as an interceptor that replaces it', async () => {
    @Injectable()
    class Translates implements NestInterceptor {
      intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
        return next.handle().pipe(catchError(() => throwError(() => new BadRequestException())));
      }
    }
    const app = await apps.start({ providers: [Desk, { provide: APP_INTERCEPTOR, useClass: Translates }] });
    await app.press('fail');
    expect(app.lines).toEqual([
      'The handler Desk.reply failed on a button-reply event of account z: its interceptor Translates threw ' +
        'BadRequestException. The handler itself threw Refused.',
    ]);
  });
});

@Injectable()
class ReadsApiKey implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return isRoute(context) || requestOf(context).headers['x-api-key'] === 'key';
  }
}

/** Reads the request as guards for GraphQL do. */
@Injectable()
class ReadsThirdArgument implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isRoute(context)) return true;
    if (context.getType() === 'http') return false;
    const graphQl = context.getArgs<[unknown, unknown, { req: Request }]>()[2];
    return graphQl.req.user.id === 'me';
  }
}

describe('Global guard made for requests', () => {
  it.each([ReadsApiKey, ReadsThirdArgument])('loses no event and is named in the log: %p', async (useClass) => {
    const app = await apps.start({ providers: [Desk, { provide: APP_GUARD, useClass }] });
    await app.press('one');
    await app.press('two');
    expect(calls).toEqual(['one', 'two']);
    expect(app.lines).toEqual([
      `The global guard ${useClass.name} does not support the event handler Desk.reply (TypeError) and was skipped: it expects ` +
        "HTTP requests. Let it pass if context.getType() is 'button-messaging'.",
    ]);
  });
});

/** Reads the event as an event, and throws on a missing field. */
@Injectable()
class TripsOverEvent implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isRoute(context)) return true;
    const event = context.switchToHttp().getRequest<ButtonReplyEvent & { from: { group: string } }>();
    return event.from.group.startsWith('1');
  }
}

@Injectable()
class TripsAfterAsking implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isRoute(context)) return true;
    const { headers } = requestOf(context);
    if (context.getType<string>() !== 'button-messaging') return headers['x-api-key'] === 'key';
    return context.getArgByIndex<{ from: { group: string } }>(0).from.group.startsWith('1');
  }
}

@Injectable()
class Denies implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return isRoute(context) || requestOf(context).user !== undefined;
  }
}

@Injectable()
class Rejects implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isRoute(context)) return true;
    if (requestOf(context).user === undefined) throw new UnauthorizedException();
    return true;
  }
}

@Injectable({ scope: Scope.REQUEST })
class CannotBeMade implements CanActivate {
  constructor(@Inject(REQUEST) request: { method?: string }) {
    if (request.method === undefined) throw new TypeError('There is no method');
  }

  canActivate(): boolean {
    return true;
  }
}

describe('Failing guard of a handler', () => {
  it.each([TripsOverEvent, TripsAfterAsking, Denies, Rejects, CannotBeMade])(
    'stops the event if bound to the application: %p',
    async (useClass) => {
      const app = await apps.start({ providers: [Desk, { provide: APP_GUARD, useClass }] });
      await app.press('one');
      expect(calls).toEqual([]);
      expect(app.lines).toHaveLength(1);
      expect(app.lines[0]).toContain('Desk.reply');
    },
  );

  it.each([ReadsApiKey, ThrottlingOfOne()])('stops the event if bound to the handler: %p', async (Guard) => {
    @Injectable()
    @UseGuards(Guard)
    class Guarded extends Desk {}

    const app = await apps.start({ providers: [Guarded] });
    await app.press('one');
    expect(calls).toEqual([]);
    expect(app.lines).toHaveLength(1);
    expect(app.lines[0]).toContain('Guarded.reply');
    expect(app.lines[0]).toContain(Guard.name);
  });
});

/** Creates a guard that reads the request and throws an `HttpException`. */
function ThrottlingOfOne() {
  @Injectable()
  class Throttling implements CanActivate {
    canActivate(context: ExecutionContext): boolean {
      throw new HttpException(`Too many of ${requestOf(context).url}`, 429);
    }
  }
  return Throttling;
}

it('Interceptor that throws on the handler fails it and is named in the log', async () => {
  @Injectable()
  @UseInterceptors(ReadsHeaders)
  class Intercepted extends Desk {}

  const app = await apps.start({ providers: [Intercepted] });
  await app.press('one');
  expect(calls).toEqual([]);
  expect(app.lines).toEqual([
    'The handler Intercepted.reply failed on a button-reply event of account z: its interceptor ReadsHeaders threw ' +
      "TypeError. The handler did not run. Let it pass if context.getType() is 'button-messaging'.",
  ]);
});
