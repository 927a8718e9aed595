import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AccountOptions, ProviderUnavailableError } from '../../../../lib/index.js';
import { errorOf } from '../../../support/errors.js';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message } from '../../../support/queue/queue-app.js';
import { timed, until } from '../../../support/time.js';
import { ProductionApp, textsOf } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(120_000);
const MESSAGES = 40;

describe.each(ENGINES)('Pending resolveAccount on %s', (engine) => {
  let place: Place;
  let provider: ZApiInstances;
  let app: ProductionApp;
  let isSilent = false;
  beforeAll(async () => {
    place = await placeOn(engine);
    provider = await ZApiInstances.start();
    const resolveAccount = (name: string): AccountOptions | Promise<AccountOptions> =>
      isSilent ? new Promise(() => undefined) : provider.account(name);
    const accounts = [provider.account('other')];
    app = await ProductionApp.start(
      { engine: place.engine, name: place.name, enqueueTimeoutMs: 5_000 },
      { accounts, resolveAccount, resolvedAccountTtlMs: 0 },
    );
  });
  afterAll(async () => {
    await app.close();
    await provider.close();
    await place.remove();
  });

  it('fails only messages past their deadline and blocks no other account', async () => {
    await app.queue.pause('tenant');
    const ids = await app.enqueueAll('tenant', textsOf('patient', MESSAGES));
    const late = await app.queue.enqueue(message('late'), { account: 'tenant', deadlineMs: 2_000 });
    isSilent = true;
    await app.queue.resume('tenant');
    await until(async () => (await app.queue.counts()).active >= 16);

    const refused = await timed(() => errorOf(app.queue.enqueue(message(), { account: 'tenant' })));
    expect(refused.value).toBeInstanceOf(ProviderUnavailableError);
    expect(refused.value).toMatchObject({ outcome: 'not-sent', account: 'tenant' });
    expect(refused.ms).toBeLessThan(6_000);

    const beside = await app.queue.enqueue(message('beside'), { account: 'other' });
    await app.are([beside.id], 'sent', 2_000);
    await app.are([late.id], 'failed', 4_000);

    isSilent = false;
    await app.are(ids, 'sent', 60_000);
    expect(provider.arrived('tenant').sort()).toEqual(textsOf('patient', MESSAGES).sort());
    expect(await app.queue.find(ids[0] ?? '')).toMatchObject({ attempts: 1 });
  });
});
