import { parseArgs } from 'node:util';
import { settingsOf } from '../queue/queue-settings.js';
import type { Command } from './command.interface.js';

export const MIGRATE: Command = {
  usage: 'nestjs-button-messaging migrate [--database-url <url>] [--name <queue name>]',
  about: 'Creates or updates the tables of the queue in PostgreSQL. The URL may also come from DATABASE_URL.',
  prepare(values, environment) {
    const options = { 'database-url': { type: 'string' }, name: { type: 'string' } } as const;
    const given = parseArgs({ args: values, options, allowPositionals: false }).values;
    const url = given['database-url'] ?? environment.DATABASE_URL;
    if (url === undefined || url === '')
      throw new Error('Missing database URL: pass --database-url or set DATABASE_URL');
    const { name } = settingsOf(given.name === undefined ? {} : { name: given.name });
    return async () => {
      const { migrateQueue } = await import('../queue/engines/migrate-queue.js');
      return migrateQueue(url, name);
    };
  },
};
