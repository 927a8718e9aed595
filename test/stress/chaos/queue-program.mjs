// Runs the queue. The parent process sends calls and receives results and events.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';

const [library, setup] = process.argv.slice(2);
const { ButtonMessagingModule } = await import(`${library}/index.js`);
const { ButtonMessagingQueue, ButtonMessagingQueueModule } = await import(`${library}/queue/index.js`);
const { queue: options, messaging } = JSON.parse(setup);

class AppModule {}
const imports = [ButtonMessagingModule.forRoot(messaging), ButtonMessagingQueueModule.forRoot(options)];
const app = await NestFactory.createApplicationContext({ module: AppModule, imports }, { logger: false });
const queue = app.get(ButtonMessagingQueue);
queue.events$.subscribe(({ kind, id }) => tell({ event: kind, id }));

const calls = {
  enqueue: async (message, how) => (await queue.enqueue(message, how)).id,
  find: async (id) => (await queue.find(id))?.state,
  left: async () => {
    const { waiting, delayed, active } = await queue.counts();
    return waiting + delayed + active;
  },
  close: () => app.close(),
};

process.on('message', async ({ call, name, values }) => {
  try {
    tell({ call, value: await calls[name](...values) });
  } catch (error) {
    tell({ call, error: { name: error.name, code: error.code, outcome: error.outcome, message: error.message } });
  }
  // From now on, only the channel to the parent keeps the process alive.
  if (name === 'close') process.disconnect();
});
// Without a parent, the process has no purpose.
process.on('disconnect', () => setTimeout(() => process.exit(1), 25_000).unref());
if (!process.connected) process.exit(1);
tell({ event: 'ready' });

function tell(what) {
  if (process.connected) process.send(what);
}
