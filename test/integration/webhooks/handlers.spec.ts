import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  type Provider,
  Scope,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { tap } from 'rxjs';
import {
  type ButtonReplyEvent,
  type ConnectionEvent,
  type MessageStatusEvent,
  OnButtonReply,
  OnConnectionChange,
  OnMessageStatus,
  OnTextMessage,
  type TextMessageEvent,
} from '../../../lib/index.js';
import { type WebhookAppSetup, WebhookApps } from '../../support/webhook-app.js';
import { MOMENT, meta, metaPress, zPress, zStatus, zText } from './fixtures.js';

/** The calls of the handlers below, in order. */
let calls: string[] = [];
let presses = 0;
beforeEach(() => {
  calls = [];
});

const apps = new WebhookApps();
afterEach(() => apps.close());

const start = (providers: Provider[], more: WebhookAppSetup = {}) => apps.start({ providers, ...more });
const press = (id: string) => {
  presses += 1;
  return zPress({ messageId: `P${presses}`, buttonsResponseMessage: { buttonId: id, message: 'B' } });
};
const CONNECTED = {
  type: 'ConnectedCallback',
  connected: true,
  momment: MOMENT,
  instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
};

@Injectable()
class Filtered {
  @OnButtonReply()
  any({ button }: ButtonReplyEvent) {
    calls.push(`any ${button.id}`);
  }

  @OnButtonReply('confirm')
  byId({ button }: ButtonReplyEvent) {
    calls.push(`string ${button.id}`);
  }

  @OnButtonReply(/^slot-/g)
  byPattern({ button }: ButtonReplyEvent) {
    calls.push(`pattern ${button.id}`);
  }

  @OnButtonReply(/slot-/y)
  bySticky({ button }: ButtonReplyEvent) {
    calls.push(`sticky ${button.id}`);
  }

  @OnButtonReply({ buttonId: /^slot-/g, account: 'z', provider: 'z-api' })
  byAll({ button }: ButtonReplyEvent) {
    calls.push(`all ${button.id}`);
  }

  @OnButtonReply({ account: 'w' })
  byAccount({ button }: ButtonReplyEvent) {
    calls.push(`account ${button.id}`);
  }

  @OnButtonReply({ provider: 'whatsapp-cloud', buttonId: 'confirm' })
  byProvider({ button }: ButtonReplyEvent) {
    calls.push(`provider ${button.id}`);
  }

  @OnButtonReply('a')
  @OnButtonReply('b')
  byTwo({ button }: ButtonReplyEvent) {
    calls.push(`two ${button.id}`);
  }
}

describe('@OnButtonReply filter', () => {
  it.each([
    ['confirm', ['any', 'string']],
    ['confirm-not', ['any']],
    ['slot-10', ['any', 'pattern', 'sticky', 'all']],
    ['not-slot-10', ['any']],
    ['a', ['any', 'two']],
    ['b', ['any', 'two']],
    ['', ['any']],
  ])('calls the matching handlers on each of three presses of "%s"', async (id, names) => {
    const app = await start([Filtered]);
    for (let time = 0; time < 3; time += 1) {
      await app.hear('z', press(id));
      await app.settled();
      expect(calls.splice(0).sort()).toEqual(names.map((name) => `${name} ${id}`).sort());
    }
  });

  it('selects handlers by account and provider', async () => {
    const app = await start([Filtered]);
    await app.hear('w', meta([metaPress('confirm', 'B')]));
    await app.hear('z2', press('slot-1'));
    await app.settled();
    expect(calls.sort()).toEqual(
      [
        'account confirm',
        'any confirm',
        'any slot-1',
        'pattern slot-1',
        'provider confirm',
        'sticky slot-1',
        'string confirm',
      ].sort(),
    );
  });
});

@Injectable()
class Base {
  @OnTextMessage()
  text({ text }: TextMessageEvent) {
    if (!text.startsWith('sentinel')) calls.push(`${this.constructor.name} ${text}`);
  }
}

@Injectable()
class Inherited extends Base {}

@Controller('of-my-own')
class ListeningController {
  private readonly name = 'controller';

  @OnButtonReply()
  reply({ button }: ButtonReplyEvent) {
    calls.push(`${this.name} ${button.id}`);
  }

  @OnMessageStatus()
  status({ status }: MessageStatusEvent) {
    calls.push(`${this.name} ${status}`);
  }

  @OnConnectionChange()
  connection({ connected }: ConnectionEvent) {
    calls.push(`${this.name} ${connected}`);
  }

  @OnTextMessage()
  async text({ text }: TextMessageEvent) {
    if (!text.startsWith('sentinel')) calls.push(`${this.name} ${text}`);
  }
}

describe('Handler discovery', () => {
  it.each([
    ['button reply', press('yes'), ['controller yes']],
    ['status', zStatus('READ'), ['controller read']],
    ['connection', CONNECTED, ['controller true']],
    ['text', zText('hello'), ['Inherited hello', 'controller hello']],
  ])('finds %s handlers on controllers and providers, even inherited ones', async (_name, body, expected) => {
    const app = await start([Inherited], { controllers: [ListeningController] });
    await app.hear('z', body);
    await app.settled();
    expect(calls.sort()).toEqual(expected);
  });

  it('finds handlers of providers made by a factory or given as a value', async () => {
    const app = await start([
      { provide: 'MADE', useFactory: () => new Base() },
      { provide: 'GIVEN', useValue: new Inherited() },
    ]);
    await app.hear('z', zText('hello'));
    await app.settled();
    expect(calls.sort()).toEqual(['Base hello', 'Inherited hello']);
  });
});

class OnlyYes implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const event = context.getArgByIndex<ButtonReplyEvent>(0);
    calls.push(`guard ${event.button.id}`);
    return event.button.id === 'yes';
  }
}

class Around implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    calls.push('before');
    return next.handle().pipe(tap(() => calls.push('after')));
  }
}

class Shouting implements PipeTransform {
  transform(event: ButtonReplyEvent) {
    return { ...event, button: { ...event.button, title: event.button.title.toUpperCase() } };
  }
}

@Injectable()
class Guarded {
  @UseGuards(OnlyYes)
  @UseInterceptors(Around)
  @UsePipes(Shouting)
  @OnButtonReply()
  reply({ button }: ButtonReplyEvent) {
    calls.push(`handler ${button.title}`);
  }
}

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  private static made = 0;
  readonly number: number;
  uses = 0;

  constructor() {
    PerRequest.made += 1;
    this.number = PerRequest.made;
  }
}

@Injectable({ scope: Scope.REQUEST })
class Scoped {
  constructor(@Inject(PerRequest) private readonly own: PerRequest) {}

  @OnButtonReply()
  reply({ button }: ButtonReplyEvent) {
    this.own.uses += 1;
    calls.push(`${button.id} by ${this.own.number}, use ${this.own.uses}`);
  }
}

describe('Webhook handler with Nest enhancers', () => {
  it('runs inside its guards, interceptors and pipes', async () => {
    const app = await start([Guarded]);
    await app.hear('z', press('yes'));
    await app.settled();
    expect(calls).toEqual(['guard yes', 'before', 'handler B', 'after']);
  });

  it('is skipped without other effects if its guard denies the event', async () => {
    const app = await start([Guarded]);
    await expect(app.hear('z', press('no'))).resolves.toMatchObject({ status: 200 });
    expect(await app.taken()).toHaveLength(1);
    expect(calls).toEqual(['guard no']);
  });

  it('gets new request-scoped providers for each event', async () => {
    const app = await start([PerRequest, Scoped]);
    for (const id of ['one', 'two']) await app.hear('z', press(id));
    await app.settled();
    const [one, two] = calls.map((call) => /by (\d+), use 1/.exec(call)?.[1]);
    expect(calls).toHaveLength(2);
    expect(one).toBeDefined();
    expect(two).toBeDefined();
    expect(one).not.toBe(two);
  });
});
