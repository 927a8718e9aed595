import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import type { HeldInvitation } from './campaign.service.js';
import { CampaignProcesses } from './campaign-processes.js';
import { CampaignProgress } from './campaign-progress.js';
import type { Decision } from './process-messages.js';
import { engineFrom } from './queue-options.js';
import { simulatedEnvironment } from './simulator.js';

/**
 * Sends ten thousand invitations to the simulator. After a third, a process is killed and replaced. At the end, the
 * simulator's list shows that each person was invited once.
 *
 *     npm start -- --people 10000 --workers 3
 *     REDIS_URL=redis://127.0.0.1:6379 npm start
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '10000' },
    workers: { type: 'string', default: '3' },
  },
});
const people = Number(values.people);
const { kind } = engineFrom(process.env);
const workers = kind === 'embedded' ? 1 : Number(values.workers);

const directory = await mkdtemp(join(tmpdir(), 'campaign-'));
const simulator = await GatewaySimulator.start({ keep: 2 * people, keepRequests: 1 });
const progress = new CampaignProgress(people);
const invited = new Map<string, number>();
const processes = new CampaignProcesses(
  { kind, workers, name: randomUUID(), people },
  { QUEUE_DIRECTORY: directory, ...simulatedEnvironment(simulator) },
);

const decided = new Set<string>();
let killed = false;
simulator.events$.subscribe((event) => {
  if (event.kind !== 'accepted') return;
  invited.set(event.message.to, (invited.get(event.message.to) ?? 0) + 1);
  progress.invited(invited.size);
  if (killed || invited.size < people / 3) return;
  killed = true;
  const pid = processes.killOne();
  progress.say(`kill -9 ${String(pid)}, after ${String(invited.size)} invitations. Another process replaces it.`);
});

processes.start();
process.once('SIGINT', () => void processes.stop());
try {
  progress.say(`${String(people)} invitations, engine ${kind}, ${String(workers)} sending process(es).`);
  for await (const report of processes.reports()) {
    progress.report(report);
    if (report.held?.length === 0) break;
    const undecided = (report.held ?? []).filter(({ id }) => !decided.has(id));
    if (undecided.length > 0) processes.decide(decisionsOn(undecided));
  }
} finally {
  progress.stop();
  await processes.stop();
  await simulator.close();
  await rm(directory, { recursive: true, force: true });
}

const twice = [...invited.values()].filter((times) => times > 1).length;
console.log(`\nInvited: ${String(invited.size)} of ${String(people)}. Invited twice: ${String(twice)}.`);
if (invited.size !== people || twice > 0) process.exitCode = 1;

/** The simulator's list decides here. In production, people would look at the chat. */
function decisionsOn(held: HeldInvitation[]): Decision[] {
  const decisions = held.map(({ id, to }) => ({ id, how: decisionOn(to) }));
  for (const { id } of held) decided.add(id);
  const resent = decisions.filter(({ how }) => how === 'resend').length;
  progress.say(
    `${String(held.length)} held with unknown outcome: ` +
      `${String(held.length - resent)} were sent (discarded), ${String(resent)} were not (sent again).`,
  );
  return decisions;
}

function decisionOn(to: string): Decision['how'] {
  return invited.has(to) ? 'discard' : 'resend';
}
