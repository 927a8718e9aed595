// Measures the startup of an application, from the start of its process, with and without the module.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { interleave, spread } from '../measure.mjs';

const EMPTY = 'an empty Nest app';
const APPS = {
  [EMPTY]: 'empty.mjs',
  'with axios and class-validator': 'http-and-validation.mjs',
  'with this module': 'with-module.mjs',
};

export async function run({ quick }) {
  const start = async (file) => {
    const child = fork(new URL(`../subjects/start-up/${file}`, import.meta.url), { execArgv: [] });
    const [ms] = await once(child, 'message');
    if (child.exitCode === null) await once(child, 'exit');
    return { ms };
  };
  await interleave(APPS, 1, start);
  const measured = await interleave(APPS, quick ? 3 : 15, start);
  const added = (rounds, base) => spread(rounds.map(({ ms }, index) => ms - measured[base][index].ms));
  return {
    title: 'Start-up',
    notes: ['From the start of the process, loading of files included; an application context, no server.'],
    tables: [
      {
        title: 'milliseconds',
        columns: ['subject', 'added to the empty app', 'range', 'in all'],
        rows: Object.entries(measured).map(([name, rounds]) => {
          const more = added(rounds, EMPTY);
          const all = spread(rounds.map(({ ms }) => ms)).median;
          return [name, more.median.toFixed(0), `${more.min.toFixed(0)}–${more.max.toFixed(0)}`, all.toFixed(0)];
        }),
      },
    ],
    charts: [],
    targets: [
      {
        name: 'ms that the module adds to an empty app',
        value: added(measured['with this module'], EMPTY).median,
        most: 40,
      },
    ],
  };
}
