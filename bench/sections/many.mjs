// Sends a million messages with sendMany, and compares speed and memory of the first and the last tenth.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startProvider } from '../start-provider.mjs';

const MIB = 1_048_576;

export async function run({ quick }) {
  const count = quick ? 30_000 : 1_000_000;
  const provider = await startProvider();
  const program = new URL('../subjects/million.mjs', import.meta.url);
  const child = fork(program, [String(count), provider.url], { execArgv: ['--expose-gc'] });
  const [{ done, failed, tenths }] = await once(child, 'message');
  const accepted = await provider.accepted();
  provider.stop();
  const [first, last] = [tenths.at(0), tenths.at(-1)];
  return {
    title: `sendMany, ${count.toLocaleString('en')} messages, 50 at a time`,
    notes: [
      `${done} ended, ${failed} failed, the provider accepted ${accepted}.`,
      'The store of sent messages (20,000 by default) fills up first. Memory is compared from the first tenth on.',
    ],
    tables: [
      {
        title: 'by tenths',
        columns: ['done', 'of the first tenth', 'resident MiB', 'heap MiB', 'messages/s'],
        rows: tenths.map((tenth) => [
          tenth.done.toLocaleString('en'),
          (tenth.perSecond / first.perSecond).toFixed(2),
          (tenth.rss / MIB).toFixed(0),
          (tenth.heapUsed / MIB).toFixed(0),
          tenth.perSecond.toFixed(0),
        ]),
      },
    ],
    charts: [],
    targets: [
      { name: 'messages that the provider has not got', value: count - accepted, most: 0 },
      { name: 'heap of the last tenth over the first', value: last.heapUsed / first.heapUsed, most: 1.5 },
    ],
  };
}
