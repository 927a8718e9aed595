import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { CampaignService } from './campaign.service.js';
import type { Decision, Report } from './process-messages.js';

/** Runs one process of the campaign: `node process.js producer|worker|both CAMPAIGN PEOPLE`. */
const [role = 'both', campaign = '', people = '0'] = process.argv.slice(2);
const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
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
