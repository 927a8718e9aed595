import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, type INestApplicationContext, Module, type Provider, type Type, UseFilters } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import {
  AbstractGraphQLDriver,
  Field,
  GraphQLModule,
  GraphQLSchemaHost,
  ObjectType,
  Query,
  Resolver,
} from '@nestjs/graphql';
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { graphql } from 'graphql';
import { lastValueFrom } from 'rxjs';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import {
  ButtonMessagingExceptionFilter,
  ButtonMessagingModule,
  InvalidMessageError,
  RateLimitedError,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { portOf } from '../../support/port-of.js';

const PROBLEM = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'Too many messages. Try again later.',
  message: 'Too many messages. Try again later.',
  code: 'rate-limited',
  outcome: 'not-sent',
  retryAfterMs: 7_000,
};
const ISSUES = [{ path: 'to', rule: 'isRecipient', message: 'to must be a number' }];

function fail(what: unknown): never {
  if (what === 'invalid') throw new InvalidMessageError(ISSUES);
  throw new RateLimitedError('private words', { retryAfterMs: 7_000 });
}

const asFilter: Provider = { provide: APP_FILTER, useClass: ButtonMessagingExceptionFilter };

/** Creates an application module with the given imports, controllers and providers. */
function appWith(given: {
  imports?: Parameters<typeof Module>[0]['imports'];
  controllers?: Type[];
  providers?: Provider[];
}) {
  const registration = ButtonMessagingModule.forRoot({
    accounts: [zApiAccount('https://nobody.invalid')],
    logger: false,
  });

  @Module({ ...given, imports: [registration, ...(given.imports ?? [])] })
  class AppModule {}
  return AppModule;
}

class Patterns {
  @MessagePattern('send')
  send(what: string) {
    return fail(what);
  }
}

class Events {
  @SubscribeMessage('send')
  send(_client: unknown, what: unknown) {
    return fail(what);
  }
}

/** Builds the schema without a server. */
class SchemaDriver extends AbstractGraphQLDriver {
  override async start() {}
  override async stop() {}
}

@ObjectType()
class Sent {
  @Field()
  id!: string;
}

/** Creates a new resolver class each time, because GraphQL keeps the metadata of its decorators. */
function resolverFor(name: string): Type {
  @Resolver()
  class MessagesResolver {
    @Query(() => Sent, { name })
    send() {
      return fail('limited');
    }
  }
  return MessagesResolver;
}

describe('ButtonMessagingExceptionFilter outside HTTP', () => {
  const open: { close(): unknown }[] = [];
  let queries = 0;
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });
  const closing = <T extends { close(): unknown }>(closable: T): T => {
    open.push(closable);
    return closable;
  };
  const WAYS: [
    string,
    {
      decorate?: boolean;
      providers?: Provider[];
      use?: (app: INestApplicationContext) => ButtonMessagingExceptionFilter;
    },
  ][] = [
    ['by class', { decorate: true }],
    ['as APP_FILTER', { providers: [asFilter] }],
    ['by new for the application', { use: () => new ButtonMessagingExceptionFilter() }],
    ['by app.get', { use: (app) => app.get(ButtonMessagingExceptionFilter) }],
  ];
  const filtered = (decorate: boolean | undefined, type: Type) => {
    if (decorate) UseFilters(ButtonMessagingExceptionFilter)(type);
    return type;
  };

  it.each(WAYS)('fails the call of a microservice when bound %s', async (_name, { decorate, providers = [], use }) => {
    class Handlers extends Patterns {}
    Controller()(Handlers);
    const app = await NestFactory.createMicroservice(
      appWith({ controllers: [filtered(decorate, Handlers)], providers }),
      {
        transport: Transport.TCP,
        options: { host: '127.0.0.1', port: 0 },
        logger: false,
      },
    );
    if (use) app.useGlobalFilters(use(app));
    await app.listen();
    closing(app);
    const client = closing(
      ClientProxyFactory.create({
        transport: Transport.TCP,
        options: { host: '127.0.0.1', port: portOf(app.unwrap()) },
      }),
    );
    await expect(lastValueFrom(client.send('send', 'limited'))).rejects.toEqual(PROBLEM);
    await expect(lastValueFrom(client.send('send', 'invalid'))).rejects.toMatchObject({
      status: 400,
      issues: ISSUES,
    });
  });

  const gateway = async (adapter: 'socket.io' | 'ws', { decorate, providers = [], use }: (typeof WAYS)[number][1]) => {
    class Gateway extends Events {}
    WebSocketGateway()(Gateway);
    const app = await NestFactory.create(appWith({ providers: [filtered(decorate, Gateway), ...providers] }), {
      logger: false,
    });
    app.useWebSocketAdapter(adapter === 'ws' ? new WsAdapter(app) : new IoAdapter(app));
    if (use) app.useGlobalFilters(use(app));
    await app.listen(0, '127.0.0.1');
    closing(app);
    return app.getUrl();
  };
  // Nest does not apply global filters to gateways.
  const GATEWAY_WAYS = WAYS.slice(0, 1);
  it.each(GATEWAY_WAYS)('sends errors to a Socket.IO client with and without ack when bound %s', async (_name, way) => {
    const socket = closing(io(await gateway('socket.io', way), { transports: ['websocket'] }));
    const told: unknown[] = [];
    const twice = new Promise<void>((resolve) => socket.on('exception', (data) => told.push(data) === 2 && resolve()));
    socket.emit('send', 'limited');
    expect(await socket.emitWithAck('send', 'invalid')).toMatchObject({ code: 'invalid-message', issues: ISSUES });
    await twice;
    expect(told).toEqual([PROBLEM, expect.objectContaining({ status: 400, issues: ISSUES })]);
  });

  it.each(GATEWAY_WAYS)('sends errors to a ws client when bound %s', async (_name, way) => {
    const url = await gateway('ws', way);
    const socket = closing(new WebSocket(url.replace('http', 'ws')));
    await once(socket, 'open');
    socket.send(JSON.stringify({ event: 'send', data: 'limited' }));
    const [first] = await once(socket, 'message');
    expect(JSON.parse(String(first))).toEqual({ event: 'exception', data: PROBLEM });
    socket.send(JSON.stringify({ event: 'send', data: 'invalid' }));
    const [second] = await once(socket, 'message');
    expect(JSON.parse(String(second))).toMatchObject({ event: 'exception', data: { issues: ISSUES } });
  });

  it.each(WAYS)(
    'returns GraphQL errors with a code when bound %s',
    async (_name, { decorate, providers = [], use }) => {
      const name = `send_${++queries}`;
      const imports = [GraphQLModule.forRoot({ driver: SchemaDriver, autoSchemaFile: true })];
      const module = appWith({ imports, providers: [filtered(decorate, resolverFor(name)), ...providers] });
      const app = closing(await NestFactory.create(module, { logger: false }));
      if (use) app.useGlobalFilters(use(app));
      await app.init();
      const { schema } = app.get(GraphQLSchemaHost, { strict: false });
      const { errors } = await graphql({ schema, source: `{ ${name} { id } }` });
      const { type: _type, message, ...extensions } = PROBLEM;
      expect(errors).toMatchObject([{ message, extensions }]);
      expect(JSON.stringify(errors)).not.toContain('private words');
    },
  );
});
