import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileLibrary } from '../../support/queue/compiled-library.js';
import { ENGINES, type EngineName } from '../../support/queue/engines.js';
import { type KillReport, type KillRunProgress, killRun } from './kill-run.js';

const RECOVERED_WITHIN_MS = 15_000;
const USAGE = 'npm run chaos:queue -- --engine redis|postgres|embedded|all [--kills 100] [--messages 2000] [--seed N]';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'all' },
    kills: { type: 'string', default: '100' },
    messages: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
  },
});

const library = await mkdtemp(join(tmpdir(), 'queue-library-'));
try {
  await compileLibrary(library);
  const reports: KillReport[] = [];
  for (const engine of enginesOf(values.engine)) {
    const began = Date.now();
    const report = await killRun({
      engine,
      library,
      kills: wholeNumber(values.kills),
      messages: wholeNumber(values.messages),
      seed: wholeNumber(values.seed),
      onProgress: (progress) => show(engine, progress, began),
    });
    reports.push(report);
    process.stdout.write(`${process.stdout.isTTY ? '\r\x1b[K' : ''}${textOf(report)}\n`);
  }
  if (!reports.every(isGood)) process.exitCode = 1;
} finally {
  await rm(library, { recursive: true, force: true });
}

function enginesOf(asked: string): readonly EngineName[] {
  const all: readonly EngineName[] = ['redis', 'postgres', 'embedded'];
  const engines = all.filter((engine) => asked === 'all' || asked === engine);
  if (engines.length === 0) throw new Error(USAGE);
  const absent = engines.filter((engine) => !ENGINES.includes(engine));
  if (absent.length > 0) throw new Error(`Not running here: ${absent.join(', ')}`);
  return engines;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(USAGE);
  return number;
}

function show(engine: EngineName, { kills, accepted, doing }: KillRunProgress, began: number): void {
  const seconds = Math.round((Date.now() - began) / 1_000);
  const line = `${engine}: ${kills}/${values.kills} kills, ${accepted}/${values.messages} accepted, ${seconds} s, ${doing}`;
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`);
  // Outside a terminal, print only some of the lines.
  else if (kills % 10 === 0) process.stdout.write(`${line}\n`);
}

function longest(report: KillReport): number {
  return Math.max(...report.recoveriesMs);
}

function isGood(report: KillReport): boolean {
  const isComplete =
    report.lost.length === 0 && report.twice.length === 0 && report.accepted === report.sent + report.held;
  return isComplete && report.endedByItself && longest(report) <= RECOVERED_WITHIN_MS;
}

function textOf(report: KillReport): string {
  const { engine, seed, kills, killsWhileStarting, messages, accepted, sent, held, heldButAccepted } = report;
  return [
    `${engine}: ${isGood(report) ? 'good' : 'NOT GOOD'} (seed ${seed}, ${report.seconds.toFixed(0)} s)`,
    `  ${kills} kills, ${killsWhileStarting} of them before the queue was open`,
    `  ${messages} messages: ${accepted} accepted, ${report.unacknowledged} of which nobody learned whether they were`,
    `  ${sent} sent exactly once, ${held} held (${heldButAccepted} of them had reached the provider)`,
    `  ${report.lost.length} lost, ${report.twice.length} sent twice`,
    `  longest recovery after a kill: ${(longest(report) / 1_000).toFixed(1)} s, of ${report.recoveriesMs.length} (target: 15 s)`,
    ...report.lost.map((line) => `  LOST ${line}`),
    ...report.twice.map((line) => `  TWICE ${line}`),
    ...(report.endedByItself ? [] : ['  The last process did not end by itself once it was closed.']),
  ].join('\n');
}
