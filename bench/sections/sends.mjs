// Compares sends, one and fifty at a time, with bare undici, a hand-written service and other packages.
import { interleave, load, ratios, spread } from '../measure.mjs';
import { startProvider } from '../start-provider.mjs';
import { open as openHandWritten } from '../subjects/hand-written.mjs';
import { open as openOurs } from '../subjects/ours.mjs';
import { open as openPeers } from '../subjects/peers.mjs';
import { open as openRaw } from '../subjects/raw.mjs';

const CONCURRENCIES = [1, 50];
const SENT = 'ButtonMessagingService.send';

export async function run({ quick }) {
  const provider = await startProvider();
  const raw = await openRaw(provider.url);
  const handWritten = await openHandWritten(provider.url);
  const ours = await openOurs(provider.url);
  const { opened: peers, failed } = await openPeers(provider.url);
  const subjects = [raw, ...ours, handWritten, ...peers];
  const byName = Object.fromEntries(subjects.map((subject) => [subject.name, subject]));
  const rounds = quick ? 5 : 11;
  const roundMs = quick ? 150 : 500;

  const tables = [];
  const charts = [];
  let at50 = {};
  for (const concurrency of CONCURRENCIES) {
    await interleave(byName, 2, ({ send }) => load(send, concurrency, roundMs));
    const measured = await interleave(byName, rounds, ({ send }) => load(send, concurrency, roundMs));
    tables.push(tableOf(measured, raw.name, concurrency));
    if (concurrency === 50) at50 = measured;
    charts.push({
      title: `Sends a second, ${concurrency} at a time, as a part of the bare wire`,
      bars: Object.entries(measured).map(([name, of]) => ({
        name,
        value: ratios(of, measured[raw.name], 'perSecond'),
      })),
    });
  }
  for (const subject of subjects) await subject.close();
  provider.stop();
  return {
    title: 'Sends',
    notes: [
      'Every send is a three-button message to another phone number, including reading the response.',
      ...subjects.map(({ name, pointed }) => `${name}: pointed by ${pointed}.`),
      ...failed.map(({ name, reason }) => `${name} could not be pointed at the provider: ${reason}`),
    ],
    tables,
    charts,
    targets: targetsOf(at50, { raw, handWritten, peers }),
  };
}

function tableOf(measured, base, concurrency) {
  return {
    title: `${concurrency} at a time`,
    columns: ['subject', 'of the wire', 'range', 'CPU of the wire', 'sends/s', 'p50 ms', 'p99 ms', 'CPU µs/send'],
    rows: Object.entries(measured).map(([name, rounds]) => {
      const rate = ratios(rounds, measured[base], 'perSecond');
      const cpu = ratios(rounds, measured[base], 'cpu');
      const of = (key) => spread(rounds.map((round) => round[key])).median;
      return [
        name,
        rate.median.toFixed(2),
        `${rate.min.toFixed(2)}–${rate.max.toFixed(2)}`,
        `${cpu.median.toFixed(2)}×`,
        of('perSecond').toFixed(0),
        of('p50').toFixed(2),
        of('p99').toFixed(2),
        of('cpu').toFixed(0),
      ];
    }),
  };
}

function targetsOf(at50, { raw, handWritten, peers }) {
  const ours = at50[SENT];
  const against = (name, key) => ratios(ours, at50[name], key).median;
  const targets = [
    { name: 'send() of the bare wire, 50 at a time', value: against(raw.name, 'perSecond'), least: 0.7 },
    { name: 'send() over a hand-written HttpService', value: against(handWritten.name, 'perSecond'), least: 5 },
    { name: 'CPU of a send() over the bare wire', value: against(raw.name, 'cpu'), most: 1.5 },
    { name: 'p99 of send() over the bare wire', value: against(raw.name, 'p99'), most: 1.5 },
  ];
  if (peers.length === 0) return targets;
  const overPeers = peers.map(({ name }) => against(name, 'perSecond'));
  return [...targets, { name: 'send() over the best other package', value: Math.min(...overPeers), least: 2 }];
}
