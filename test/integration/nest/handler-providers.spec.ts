import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Body,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  Module,
  type ModuleMetadata,
  type OnModuleInit,
  type PipeTransform,
  Post,
  Req,
  Scope,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import {
  type ContextId,
  ContextIdFactory,
  type ContextIdStrategy,
  type HostComponentInfo,
  LazyModuleLoader,
  REQUEST,
  Reflector,
} from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  ButtonMessagingModule,
  type ButtonReplyEvent,
  type EventSender,
  type MessagingEvent,
  OnButtonReply,
  OnMessage,
  OnTextMessage,
  type TextMessageEvent,
} from '../../../lib/index.js';
import { webhookAccounts } from '../../support/webhook-requests.js';
import { HandlerApps } from './handler-app.js';

/** The calls, in order. */
let calls: string[] = [];
let instances = 0;
beforeEach(() => {
  calls = [];
  instances = 0;
});
const apps = new HandlerApps();
afterEach(() => apps.close());

/** Creates a module class with the name that the log shows. */
function moduleNamed(name: string, metadata: ModuleMetadata) {
  const Named = { [name]: class {} }[name];
  if (!Named) throw new Error('No module');
  Module(metadata)(Named);
  return Named;
}

describe.each([
  ['Shared', Scope.DEFAULT],
  ['Request-scoped', Scope.REQUEST],
  ['Transient', Scope.TRANSIENT],
])('%s handler class that two modules provide', (_name, scope) => {
  it('handles each event once in each module and logs a warning', async () => {
    @Injectable({ scope })
    class Desk {
      constructor(@Inject('PLACE') private readonly place: string) {}

      @OnButtonReply()
      reply({ button }: ButtonReplyEvent) {
        calls.push(`${button.id} in ${this.place}`);
      }
    }
    const imports = ['Sales', 'Support'].map((name) =>
      moduleNamed(name, { providers: [Desk, { provide: 'PLACE', useValue: name }] }),
    );
    const app = await apps.start({ imports });
    await app.press();
    expect(calls.sort()).toEqual(['yes in Sales', 'yes in Support']);
    expect(app.lines).toEqual([
      'Desk is provided 2 times, in Sales and Support. Each instance handles every event. ' +
        'To handle events once, provide it in one module and export it.',
    ]);
  });
});

@Injectable()
class Desk implements OnModuleInit {
  readonly number: number;
  private isReady = false;

  constructor() {
    instances += 1;
    this.number = instances;
  }

  onModuleInit() {
    this.isReady = true;
  }

  @OnButtonReply()
  reply({ button }: ButtonReplyEvent) {
    calls.push(`${button.id} by ${this.number}, ${this.isReady}`);
  }
}

describe('Handler instance', () => {
  it('handles an event once if its module is imported twice', async () => {
    const Shared = moduleNamed('Shared', { providers: [Desk], exports: [Desk] });
    const imports = ['A', 'B'].map((name) => moduleNamed(name, { imports: [Shared] }));
    const app = await apps.start({ imports: [...imports, Shared] });
    await app.press();
    expect(calls).toEqual(['yes by 1, true']);
    expect(app.lines).toEqual([]);
  });

  it('handles an event once under an alias, by a factory and as a value', async () => {
    const value = new Desk();
    const app = await apps.start({
      providers: [
        Desk,
        { provide: 'ALIAS', useExisting: Desk },
        { provide: 'MADE', useFactory: (desk: Desk) => desk, inject: [Desk] },
        { provide: Symbol('VALUE'), useValue: value },
        { provide: 'AGAIN', useValue: value },
      ],
    });
    await app.press();
    expect(calls).toEqual([expect.stringMatching(/^yes by 2, true/), expect.stringMatching(/^yes by 1/)]);
  });

  it('handles an event once with two decorators that match it', async () => {
    @Injectable()
    class Both {
      @OnMessage()
      @OnButtonReply()
      hear({ kind }: MessagingEvent) {
        calls.push(kind);
      }
    }
    const app = await apps.start({ providers: [Both] });
    await app.press();
    expect(calls).toEqual(['button-reply']);
  });
});

describe('Overridden handler provider', () => {
  const start = async (override: object) => {
    const imports = [ButtonMessagingModule.forRoot({ accounts: webhookAccounts(), webhooks: {}, logger: false })];
    return Test.createTestingModule({ imports, providers: [Desk] })
      .overrideProvider(Desk)
      .useValue(override)
      .compile();
  };

  it('has the handlers of an instance, but none of a plain object', async () => {
    for (const [override, expected] of [
      [{ reply: () => calls.push('mock') }, 0],
      [new Desk(), 1],
    ] as const) {
      const module = await start(override);
      await module.init();
      const { EventHandlerExplorer } = await import('../../../lib/webhooks/handlers/event-handler.explorer.js');
      expect(module.get(EventHandlerExplorer, { strict: false }).handlers).toHaveLength(expected);
      await module.close();
    }
  });
});

describe('Inherited handler', () => {
  @Injectable()
  class Base {
    @OnTextMessage()
    text({ text }: TextMessageEvent) {
      calls.push(`${this.constructor.name} ${text}`);
    }
  }

  it('runs in a subclass, but an override without a decorator is only logged', async () => {
    @Injectable()
    class Inherits extends Base {}

    @Injectable()
    class Redecorates extends Base {
      @OnTextMessage()
      override text({ text }: TextMessageEvent) {
        calls.push(`again ${text}`);
      }
    }

    @Injectable()
    class Overrides extends Base {
      override text() {
        calls.push('never');
      }
    }

    const app = await apps.start({ providers: [Inherits, Redecorates, Overrides] });
    await app.write('hello');
    expect(calls).toEqual(['Inherits hello', 'again hello']);
    expect(app.lines).toEqual([
      'Overrides.text is never called: it overrides the event handler Base.text without a decorator. Decorate it as well.',
    ]);
  });
});

it('Transient handler class is constructed once', async () => {
  @Injectable({ scope: Scope.TRANSIENT })
  class Transient extends Desk {}

  const app = await apps.start({ providers: [Transient] });
  await app.press();
  await app.press();
  expect(calls).toEqual(['yes by 1, false', 'yes by 1, false']);
});

describe('Durable provider', () => {
  const strategy: ContextIdStrategy<ButtonReplyEvent> = {
    attach(contextId: ContextId, { account }: ButtonReplyEvent) {
      if (account === undefined) return () => contextId;
      const parent = parents.get(account) ?? ContextIdFactory.create();
      parents.set(account, parent);
      return {
        resolve: (info: HostComponentInfo) => (info.isTreeDurable ? parent : contextId),
        payload: { tenant: account },
      };
    },
  };
  const parents = new Map<string, ContextId>();
  let before: ContextIdStrategy | undefined;
  beforeEach(() => {
    parents.clear();
    before = Reflect.get(ContextIdFactory, 'strategy');
    ContextIdFactory.apply(strategy);
  });
  afterEach(() => {
    Reflect.set(ContextIdFactory, 'strategy', before);
  });

  it.each([
    ['as the handler itself', true],
    ['as a dependency of the handler', false],
  ])("is kept by the application's ContextIdStrategy %s", async (_name, isHandler) => {
    @Injectable({ scope: Scope.REQUEST, durable: true })
    class Tenant {
      readonly number: number;

      constructor(@Inject(REQUEST) readonly request: { tenant: string }) {
        instances += 1;
        this.number = instances;
      }
    }

    @Injectable(isHandler ? {} : { scope: Scope.REQUEST })
    class Handles {
      constructor(private readonly tenant: Tenant) {}

      @OnButtonReply()
      reply({ button }: ButtonReplyEvent) {
        calls.push(`${button.id} by ${this.tenant.number} of ${this.tenant.request.tenant}`);
      }
    }

    const app = await apps.start({ providers: [Tenant, Handles] });
    for (const id of ['one', 'two']) await app.press(id);
    expect(calls).toEqual(['one by 1 of z', 'two by 1 of z']);
  });
});

describe('Lazily loaded module', () => {
  it('has its handlers called with their guards from then on', async () => {
    @Injectable()
    class OnlyYes {
      canActivate(context: ExecutionContext) {
        return context.getArgByIndex<ButtonReplyEvent>(0).button.id === 'yes';
      }
    }

    @Injectable()
    class Late {
      @UseGuards(OnlyYes)
      @OnButtonReply()
      reply({ button }: ButtonReplyEvent) {
        calls.push(`late ${button.id}`);
      }
    }

    const app = await apps.start({ providers: [Desk] });
    await app.press('before');
    const loader = app.app.get(LazyModuleLoader);
    const Lazy = moduleNamed('Lazy', { providers: [Late] });
    await loader.load(() => Lazy);
    await app.press('yes');
    await app.press('no');
    expect(calls.filter((call) => call.startsWith('late'))).toEqual(['late yes']);
    expect(calls.filter((call) => call.includes('by 1'))).toHaveLength(3);
  });

  it('logs a handler that cannot run', async () => {
    @Injectable()
    class Late {
      @OnButtonReply()
      reply(@Body() _body: unknown) {
        calls.push('never');
      }
    }

    const app = await apps.start({});
    await app.app.get(LazyModuleLoader).load(() => moduleNamed('Lazy', { providers: [Late] }));
    await app.press();
    await app.press();
    expect(calls).toEqual([]);
    expect(app.lines).toEqual([
      expect.stringMatching(/^An event handler is disabled: the event handler Late\.reply cannot run: its param/),
    ]);
  });
});

@Injectable()
class Shorten implements PipeTransform {
  transform(value: unknown): unknown {
    return typeof value === 'string' ? value.slice(-4) : value;
  }
}

const From = createParamDecorator((field: keyof EventSender | undefined, context: ExecutionContext) => {
  const { from } = context.getArgByIndex<ButtonReplyEvent>(0);
  return field === undefined ? from : from[field];
});
const Where = createParamDecorator(async (_data, context: ExecutionContext) => {
  await null;
  return `${context.getClass().name}.${context.getHandler().name}`;
});

describe('Decorated parameter of a handler', () => {
  it.each([
    ['a provider', false],
    ['a controller', true],
  ])('gets the value of createParamDecorator on %s', async (_name, isController) => {
    class Desk {
      @OnButtonReply()
      reply({ button }: ButtonReplyEvent, @From('phone', Shorten) phone: string, @Where() where: string) {
        calls.push(`${button.id} of ${phone} in ${where}`);
      }

      @OnTextMessage()
      text(@From() first: EventSender | TextMessageEvent) {
        calls.push(`text of ${'name' in first ? first.name : 'nobody'}`);
      }
    }
    (isController ? Controller('desk') : Injectable())(Desk);
    const app = await apps.start(isController ? { controllers: [Desk] } : { providers: [Desk] });
    await app.press();
    await app.write('hello');
    expect(calls).toEqual(['yes of 9999 in Desk.reply', 'text of Nome']);
  });

  it.each([
    ['@Body()', Body()],
    ['@Req()', Req()],
  ])('is rejected at startup with the request decorator %s', async (_name, decorate) => {
    @Controller('desk')
    class Desk {
      @Post()
      @OnButtonReply()
      reply(_event: ButtonReplyEvent, _other?: unknown) {}
    }
    decorate(Desk.prototype, 'reply', 1);
    await expect(apps.start({ controllers: [Desk] })).rejects.toThrow(
      /^ButtonMessagingModule cannot start: the event handler Desk\.reply cannot run: its parameter 2 has a decorator/,
    );
  });
});

it('Reflector finds the metadata of the class and method of a handler', async () => {
  const Role = (role: string) => SetMetadata('role', role);

  @Injectable()
  class Roles {
    constructor(private readonly reflector: Reflector) {}

    canActivate(context: ExecutionContext) {
      calls.push(String(this.reflector.getAllAndOverride('role', [context.getHandler(), context.getClass()])));
      return true;
    }
  }

  @UseGuards(Roles)
  @Role('clerk')
  @Injectable()
  class Both {
    @OnButtonReply()
    first() {}

    @Role('boss')
    @OnButtonReply()
    second() {}
  }

  const app = await apps.start({ providers: [Both] });
  await app.press();
  expect(calls.sort()).toEqual(['boss', 'clerk']);
});
