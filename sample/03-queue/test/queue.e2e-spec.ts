import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { AppModule } from '../src/app.module.js';
import { CampaignService } from '../src/campaign.service.js';
import { simulatedEnvironment } from '../src/simulator.js';

const PEOPLE = 50;
const TIMEOUT_MS = 60_000;
const MAX_POLLS = 600;

describe('03-queue', () => {
  let directory: string;
  let simulator: GatewaySimulator;
  let app: TestingModule;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'campaign-'));
    simulator = await GatewaySimulator.start();
    // The embedded engine, in a directory of this test.
    const engine = { REDIS_URL: '', DATABASE_URL: '', QUEUE_DIRECTORY: directory };
    Object.assign(process.env, engine, simulatedEnvironment(simulator));
    app = await Test.createTestingModule({ imports: [AppModule] }).compile();
    await app.init();
  }, TIMEOUT_MS);
  afterAll(async () => {
    await app.close();
    await simulator.close();
    await rm(directory, { recursive: true, force: true });
  });

  it(
    'invites each person once, although the campaign is started twice',
    async () => {
      const campaign = app.get(CampaignService);
      expect(await lastOf(campaign.invite('opening', PEOPLE))).toBe(PEOPLE);
      expect(await lastOf(campaign.invite('opening', PEOPLE))).toBe(PEOPLE);
      for (let polls = 0; polls < MAX_POLLS && (await campaign.counts()).sent < PEOPLE; polls += 1) await sleep(50);

      const invited = simulator.messages().map(({ to }) => to);
      expect(invited).toHaveLength(PEOPLE);
      expect(new Set(invited).size).toBe(PEOPLE);
      expect(await campaign.held()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

async function lastOf(counts: AsyncIterable<number>): Promise<number> {
  let last = 0;
  for await (last of counts) {
    // Only the last is compared.
  }
  return last;
}
