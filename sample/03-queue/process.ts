import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { appModule } from './app.module.js';
import { CampaignService } from './campaign.service.js';
import { engineFrom } from './engine.js';
import type { Decision, Report } from './process-messages.js';

/** One process of the campaign: `node process.js producer|worker|both CAMPAIGN PEOPLE`. */
const [role = 'both', campaign = '', people = '0'] = process.argv.slice(2);
const module = appModule(engineFrom(process.env), role !== 'producer');
const app = await NestFactory.createApplicationContext(module, { logger: ['error', 'warn'] });
app.enableShutdownHooks();
process.once('disconnect', () => void app.close());

if (role !== 'worker') {
  const service = app.get(CampaignService);
  let queued = 0;
  process.on('message', (decisions: Decision[]) => {
    for (const { id, how } of decisions) void service.release(id, how);
  });
  const enqueueing = (async () => {
    for await (queued of service.invite(campaign, Number(people))) {
      // Only counted.
    }
  })();
  const isDone = ({ counts }: Report) =>
    queued === Number(people) && counts.waiting + counts.delayed + counts.active === 0;
  const reporting = (async () => {
    while (process.connected) {
      const report: Report = { queued, counts: await service.counts() };
      process.send?.(isDone(report) ? { ...report, held: await service.held() } : report);
      await sleep(200);
    }
  })();
  await Promise.all([enqueueing, reporting]);
}
