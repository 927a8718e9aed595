import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message } from '../../../support/queue/queue-app.js';
import { ProductionApp } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(120_000);
const MESSAGES = 80;
const DEADLINE_MS = 3_000;

describe.each(ENGINES)('Message deadlines on %s', (engine) => {
  let place: Place;
  let provider: ZApiInstances;
  let app: ProductionApp;
  beforeAll(async () => {
    place = await placeOn(engine);
    provider = await ZApiInstances.start();
    app = await ProductionApp.start(
      { engine: place.engine, name: place.name },
      { accounts: [provider.account('hanging')] },
    );
  });
  afterAll(async () => {
    await provider.close();
    await app.close();
    await place.remove();
  });

  it('fails messages at their deadline while all sends of their account hang', async () => {
    provider.let('hanging', { kind: 'hangs' });
    const first: string[] = [];
    for (let index = 0; index < 16; index += 1) first.push((await app.queue.enqueue(message(`first ${index}`))).id);
    await app.are(first, 'active');
    const ids: string[] = [];
    for (let index = 0; index < MESSAGES; index += 1) {
      ids.push((await app.queue.enqueue(message(`late ${index}`), { deadlineMs: DEADLINE_MS })).id);
    }
    await app.are(ids, 'failed', DEADLINE_MS + 4_000);
    expect(provider.arrived('hanging').filter((text) => text.startsWith('late'))).toEqual([]);
    expect(await app.states(first)).toEqual({ active: 16 });
  });
});
