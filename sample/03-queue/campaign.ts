import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import type { HeldInvitation } from './campaign.service.js';
import { CampaignProcesses } from './campaign-processes.js';
import { CampaignProgress } from './campaign-progress.js';
import { engineFrom } from './engine.js';
import type { Decision } from './process-messages.js';

/**
 * Invites ten thousand people by the simulator. On the way a process is killed, and another takes up its work; in the
 * end the simulator's own list shows that everybody was invited once.
 *
 *     npm run demo:campaign -- --people 10000 --workers 3
 *     REDIS_URL=redis://127.0.0.1:6379 npm run demo:campaign
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
  { QUEUE_DIRECTORY: directory, ...credentialsOf(simulator) },
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
  progress.say(`kill -9 ${String(pid)}, after ${String(invited.size)} invitations. Another process takes its place.`);
});

processes.start();
process.once('SIGINT', () => void processes.stop());
try {
  progress.say(`${String(people)} invitations by ${kind}, ${String(workers)} process(es) that send.`);
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

/** Here it is the provider's own list that decides; elsewhere people would look at the chat. */
function decisionsOn(held: HeldInvitation[]): Decision[] {
  const decisions = held.map(({ id, to }) => ({ id, how: decisionOn(to) }));
  for (const { id } of held) decided.add(id);
  const resent = decisions.filter(({ how }) => how === 'resend').length;
  progress.say(
    `${String(held.length)} held: nobody knew whether they went out. ` +
      `${String(held.length - resent)} had: discarded; ${String(resent)} had not: sent again.`,
  );
  return decisions;
}

function decisionOn(to: string): Decision['how'] {
  return invited.has(to) ? 'discard' : 'resend';
}

function credentialsOf(simulated: GatewaySimulator): NodeJS.ProcessEnv {
  const account = simulated.accounts().find(({ provider }) => provider === 'z-api');
  if (account?.provider !== 'z-api') throw new Error('The simulator has no account of Z-API.');
  const { instanceId, token, clientToken } = account;
  return {
    Z_API_INSTANCE_ID: instanceId,
    Z_API_TOKEN: token,
    Z_API_CLIENT_TOKEN: clientToken,
    Z_API_BASE_URL: simulated.zApi.baseUrl,
  };
}
