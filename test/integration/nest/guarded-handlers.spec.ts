import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  type Provider,
  Scope,
  type Type,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, REQUEST } from '@nestjs/core';
import { EMPTY, type Observable, retry, tap } from 'rxjs';
import { type ButtonReplyEvent, OnButtonReply } from '../../../lib/index.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { PLATFORMS } from '../../support/webhook-app.js';
import { type HandlerAppSetup, HandlerApps } from './handler-app.js';

/** The calls, in order. */
let calls: string[] = [];
beforeEach(() => {
  calls = [];
});
const apps = new HandlerApps();
afterEach(() => apps.close());

@Injectable()
class Notes {
  add(note: string) {
    calls.push(note);
  }
}

@Injectable()
class OnlyYes implements CanActivate {
  constructor(private readonly notes: Notes) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType<string>() !== 'button-messaging') return true;
    const event = context.getArgByIndex<ButtonReplyEvent>(0);
    this.notes.add(`guard of ${context.getClass().name}.${context.getHandler().name}, ${context.getType<string>()}`);
    return event.button.id === 'yes';
  }
}

@Injectable()
class Around implements NestInterceptor {
  constructor(private readonly notes: Notes) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<string>() !== 'button-messaging') return next.handle();
    this.notes.add('before');
    return next.handle().pipe(tap(() => this.notes.add('after')));
  }
}

@Injectable()
class Shouting implements PipeTransform {
  constructor(private readonly notes: Notes) {}

  transform(event: ButtonReplyEvent) {
    // As a global pipe, it also gets the arguments of routes.
    if (event?.kind !== 'button-reply') return event;
    this.notes.add('pipe');
    return { ...event, button: { ...event.button, title: 'LOUD' } };
  }
}

@Catch(RangeError)
@Injectable()
class Caught implements ExceptionFilter {
  constructor(private readonly notes: Notes) {}

  catch(error: RangeError, host: ArgumentsHost) {
    this.notes.add(`caught ${error.message} of ${host.getArgByIndex<ButtonReplyEvent>(0).button.id}`);
    return 'handled';
  }
}

function handled({ button }: ButtonReplyEvent) {
  calls.push(`handler ${button.title}`);
  if (button.id === 'yes') throw new RangeError('out of range');
}

const ALL = [
  'guard of Guarded.reply, button-messaging',
  'before',
  'pipe',
  'handler LOUD',
  'caught out of range of yes',
];

/** Creates a class of the same name each time, so that all cases share their expectations. */
function onClass(decorate: ClassDecorator): Type {
  @UseGuards(OnlyYes)
  @UseInterceptors(Around)
  @UsePipes(Shouting)
  @UseFilters(Caught)
  class Guarded {
    @OnButtonReply()
    reply(event: ButtonReplyEvent) {
      handled(event);
    }
  }
  decorate(Guarded);
  return Guarded;
}

function onMethod(decorate: ClassDecorator): Type {
  class Guarded {
    @UseGuards(OnlyYes)
    @UseInterceptors(Around)
    @UsePipes(Shouting)
    @UseFilters(Caught)
    @OnButtonReply()
    reply(event: ButtonReplyEvent) {
      handled(event);
    }
  }
  decorate(Guarded);
  return Guarded;
}

function onBase(decorate: ClassDecorator): Type {
  @UseGuards(OnlyYes)
  @UseInterceptors(Around)
  @UsePipes(Shouting)
  @UseFilters(Caught)
  class Base {
    @OnButtonReply()
    reply(event: ButtonReplyEvent) {
      handled(event);
    }
  }
  class Guarded extends Base {}
  decorate(Guarded);
  return Guarded;
}

const asController = (Guarded: Type): HandlerAppSetup => ({ controllers: [Guarded] });
const HOSTS: [name: string, decorate: ClassDecorator, setup: (Guarded: Type) => HandlerAppSetup][] = [
  ['a controller', Controller('guarded'), asController],
  ['a request-scoped controller', Controller({ path: 'guarded', scope: Scope.REQUEST }), asController],
  ['a provider', Injectable(), (Guarded) => ({ providers: [Guarded] })],
  ['a request-scoped provider', Injectable({ scope: Scope.REQUEST }), (Guarded) => ({ providers: [Guarded] })],
  ['a transient provider', Injectable({ scope: Scope.TRANSIENT }), (Guarded) => ({ providers: [Guarded] })],
  ['a class under a token', Injectable(), (Guarded) => ({ providers: [{ provide: 'TOKEN', useClass: Guarded }] })],
  ['a factory', Injectable(), (G) => ({ providers: [{ provide: 'TOKEN', useFactory: () => new G() }] })],
  ['a value', Injectable(), (Guarded) => ({ providers: [{ provide: Guarded, useValue: new Guarded() }] })],
  [
    'a request-scoped factory',
    Injectable(),
    (G) => ({ providers: [{ provide: G, useFactory: () => new G(), scope: Scope.REQUEST }] }),
  ],
];

describe.each(HOSTS)('Enhancers of a handler in %s', (_host, decorate, setup) => {
  it.each([
    ['its class', onClass],
    ['its method', onMethod],
    ['its base class', onBase],
  ])('run in order if given by class on %s', async (_place, make) => {
    const { providers = [], ...more } = setup(make(decorate));
    const app = await apps.start({ ...more, providers: [Notes, ...providers] });
    await app.press('yes');
    expect(calls).toEqual(ALL);
    await app.press('no');
    expect(calls).toEqual([...ALL, ALL[0]]);
    expect(app.lines).toEqual([
      'The guard OnlyYes denied the handler Guarded.reply a button-reply event of account z.',
    ]);
  });
});

describe.each(PLATFORMS)('Enhancers of a handler on %s', (_platform, adapter) => {
  it.each(REGISTRATIONS)('run in order with %s', async (_name, register) => {
    const app = await apps.start({
      adapter,
      register,
      controllers: [onMethod(Controller('guarded'))],
      providers: [Notes],
    });
    await app.press('no');
    expect(calls).toEqual([ALL[0]]);
    await app.press('yes');
    expect(calls.slice(1)).toEqual(ALL);
  });
});

@Injectable()
class Plain {
  @OnButtonReply()
  reply(event: ButtonReplyEvent) {
    handled(event);
  }
}

const GLOBAL: [token: string, useClass: Type][] = [
  [APP_GUARD, OnlyYes],
  [APP_INTERCEPTOR, Around],
  [APP_PIPE, Shouting],
  [APP_FILTER, Caught],
];
const ofPlain = (call: string) => call.replace('Guarded', 'Plain');

describe('Global enhancers of a handler', () => {
  it.each([
    ['shared', Scope.DEFAULT],
    ['request-scoped', Scope.REQUEST],
    ['transient', Scope.TRANSIENT],
  ])('run in order as %s providers of APP_GUARD and similar tokens', async (_name, scope) => {
    const enhancers: Provider[] = GLOBAL.map(([provide, useClass]) => ({ provide, useClass, scope }));
    const app = await apps.start({ providers: [Notes, Plain, ...enhancers] });
    await app.press('yes');
    expect(calls).toEqual(ALL.map(ofPlain));
    await app.press('no');
    expect(calls.slice(ALL.length)).toEqual([ofPlain(ALL[0] ?? '')]);
  });

  it('run in order if bound by app.useGlobalGuards() and similar methods', async () => {
    const notes = new Notes();
    const app = await apps.start({
      providers: [Plain],
      prepare: (nest) => {
        nest.useGlobalGuards(new OnlyYes(notes));
        nest.useGlobalInterceptors(new Around(notes));
        nest.useGlobalPipes(new Shouting(notes));
        nest.useGlobalFilters(new Caught(notes));
      },
    });
    await app.press('yes');
    expect(calls).toEqual(ALL.map(ofPlain));
    await app.press('no');
    expect(calls.slice(ALL.length)).toEqual([ofPlain(ALL[0] ?? '')]);
  });
});

@Injectable({ scope: Scope.REQUEST })
class PerEvent implements CanActivate {
  constructor(
    @Inject(REQUEST) private readonly event: ButtonReplyEvent,
    private readonly notes: Notes,
  ) {}

  canActivate(): boolean {
    this.notes.add(`asked of ${this.event.button?.id ?? 'a request'}`);
    return this.event.button?.id !== 'no';
  }
}

describe('Request-scoped guard of a handler', () => {
  it('is created for each event by APP_GUARD, but the handler only once', async () => {
    let made = 0;

    @Injectable()
    class Counted {
      constructor() {
        made += 1;
      }

      @OnButtonReply()
      reply({ button }: ButtonReplyEvent) {
        calls.push(`handler ${button.id}`);
      }
    }

    const app = await apps.start({ providers: [Notes, Counted, { provide: APP_GUARD, useClass: PerEvent }] });
    for (const id of ['yes', 'no', 'perhaps']) await app.press(id);
    expect(calls.filter((call) => call !== 'asked of a request')).toEqual([
      'asked of yes',
      'handler yes',
      'asked of no',
      'asked of perhaps',
      'handler perhaps',
    ]);
    expect(made).toBe(1);
  });

  it('is created for each event if given by class on one method', async () => {
    @Controller('some')
    class Some {
      @UseGuards(PerEvent)
      @OnButtonReply()
      reply({ button }: ButtonReplyEvent) {
        calls.push(`handler ${button.id}`);
      }
    }

    const app = await apps.start({ providers: [Notes], controllers: [Some] });
    for (const id of ['yes', 'no']) await app.press(id);
    expect(calls).toEqual(['asked of yes', 'handler yes', 'asked of no']);
  });
});

describe('Interceptor of a handler', () => {
  const storage = new AsyncLocalStorage<string>();

  @Injectable()
  class Scopes implements NestInterceptor {
    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      return storage.run(context.getArgByIndex<ButtonReplyEvent>(0).button.id, () => next.handle());
    }
  }

  @Injectable()
  class Retries implements NestInterceptor {
    intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
      return next.handle().pipe(retry(2));
    }
  }

  @Injectable()
  class Answers implements NestInterceptor {
    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      return context.getArgByIndex<ButtonReplyEvent>(0).button.id === 'known' ? EMPTY : next.handle();
    }
  }

  @UseInterceptors(Answers, Scopes, Retries)
  @Injectable()
  class Intercepted {
    @OnButtonReply()
    async reply() {
      await null;
      calls.push(`in ${storage.getStore()}`);
      if (calls.length < 3) throw new Error('not yet');
    }
  }

  it('shares its AsyncLocalStorage and can rerun or replace the handler', async () => {
    const app = await apps.start({ providers: [Intercepted] });
    await app.press('known');
    await app.press('one');
    expect(calls).toEqual(['in one', 'in one', 'in one']);
    expect(app.lines).toEqual([]);
  });
});

class NoGuard {}

describe('Handler with an enhancer that cannot run', () => {
  it.each([
    ['by class', NoGuard],
    ['as an instance', new (class Unfinished {})()],
  ])('is rejected at startup if its guard, given %s, has no method', async (_name, enhancer) => {
    @Injectable()
    class Wrong {
      @OnButtonReply()
      reply() {}
    }
    Reflect.defineMetadata('__guards__', [enhancer], Wrong.prototype.reply);
    await expect(apps.start({ providers: [Wrong] })).rejects.toThrow(/guard|Guard/);
  });

  it('is rejected at startup if a dependency of its guard is missing', async () => {
    class Wrong {
      @UseGuards(OnlyYes)
      @OnButtonReply()
      reply() {}
    }
    const providers = [{ provide: 'MADE', useFactory: () => new Wrong() }];
    await expect(apps.start({ providers })).rejects.toThrow(
      /^ButtonMessagingModule cannot start: the event handler Wrong\.reply cannot run: its guard OnlyYes cannot be created/,
    );
  });
});
