import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { ModulesContainer, NestFactory, SerializedGraph } from '@nestjs/core';
import { ButtonMessagingService, ZApiService } from '../../../lib/index.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { accounts, CANARY, expectClean } from '../config/secrets.table.js';

/** Returns every provider and controller instance of Nest's container, with its name. */
function heldBy(modules: ModulesContainer): [name: string, value: unknown][] {
  return [...modules.values()].flatMap((module) =>
    [...module.providers.values(), ...module.controllers.values()].map((wrapper): [string, unknown] => [
      `${module.name} ${String(wrapper.name)}`,
      wrapper.instance,
    ]),
  );
}

function json(value: unknown): string {
  const seen = new WeakSet<object>();
  return (
    JSON.stringify(value, (_key, inner) => {
      if (typeof inner !== 'object' || inner === null) return typeof inner === 'bigint' ? String(inner) : inner;
      if (seen.has(inner)) return undefined;
      seen.add(inner);
      return inner;
    }) ?? ''
  );
}

/** Nest's own providers reference all modules, so they are not inspected. */
const OF_NEST =
  /^Internal|ModuleRef$|ModulesContainer$|HttpAdapterHost$|Discovery|LazyModuleLoader|Inquirer|ExternalContextCreator|Reflector/;

describe.each(REGISTRATIONS.slice(0, 2))("Nest's container with %s", (_name, register) => {
  let server: FakeProvider;
  beforeEach(async () => {
    server = await FakeProvider.start();
  });
  afterEach(() => server.close());

  it('holds no credential in clear text', async () => {
    const options = {
      accounts: accounts(server.url),
      defaultAccount: 'zap',
      http: { proxy: `http://user:${CANARY.proxy}@127.0.0.1:9` },
      logger: false,
      webhooks: {},
    };

    @Module({ imports: [register(options)] })
    class AppModule {}

    const app = await NestFactory.create(AppModule, { logger: false, snapshot: true });
    await app.init();
    // Creates everything that is created on demand.
    const message = { to: '5511987654321', text: 'Hi', buttons: [{ type: 'reply' as const, id: 'a', title: 'A' }] };
    await app
      .get(ButtonMessagingService)
      .send(message, { timeoutMs: 500 })
      .catch(() => undefined);
    await app
      .get(ZApiService)
      .status({ timeoutMs: 500 })
      .catch(() => undefined);
    const given = app.get('BUTTON_MESSAGING_MODULE_OPTIONS', { strict: false });
    expectClean([inspect(given, { depth: 12, showHidden: true }), json(given), `${given}`].join('\n'));
    const held = heldBy(app.get(ModulesContainer));
    expect(held.length).toBeGreaterThan(30);
    for (const [name, value] of held) {
      if (OF_NEST.test(name.split(' ').at(-1) ?? '')) continue;
      expectClean(`${name}: ${inspect(value, { depth: 5, showHidden: true })}`);
      expectClean(`${name}: ${json(value)}`);
    }
    expectClean(json(app.get(SerializedGraph).toJSON()));
    await app.close();
  });
});
