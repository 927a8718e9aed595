import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { type EngineName, placeOn } from '../../support/queue/engines.js';
import { timed, until } from '../../support/time.js';
import { type Account, MessageLedger } from '../chaos/message-ledger.js';
import { QueueProcess } from '../chaos/queue-process.js';

/** The failure of one of two workers. */
export type Misfortune = 'killed' | 'paused';

export interface WorkersReport extends Account {
  /** The milliseconds from the failure until the other worker had no message left to send. */
  takenOverWithinMs: number;
  /** The exit codes of the processes after close. */
  exitCodes: (number | null)[];
}

const MESSAGES = 60;
const LONGEST_ANSWER_MS = 150;
const WITHIN_MS = 60_000;
/** Makes messages wait in the worker, so that it fails both before and after their requests are sent. */
const PACING = { perSecond: 20, burst: 1 };

/** Runs two workers. One is killed, or suspended until the other has taken over its messages. */
export async function workersRun(engine: EngineName, misfortune: Misfortune, library: string): Promise<WorkersReport> {
  const simulator = await GatewaySimulator.start();
  simulator.fail('z-api', () => ({ delayMs: Math.round(Math.random() * LONGEST_ANSWER_MS) }), Number.POSITIVE_INFINITY);
  const place = await placeOn(engine);
  const accounts = simulator.accounts().map((account) => ({ ...account, pacing: PACING }));
  const setup = {
    queue: { engine: place.engine, name: place.name },
    messaging: { accounts, defaultAccount: 'z-api', logger: false },
  } as const;
  let sentByUnlucky = 0;
  const unlucky = QueueProcess.start(library, setup, (event) => {
    if (event === 'sent') sentByUnlucky += 1;
  });
  // The first process takes most of the messages.
  const other = QueueProcess.start(library, { ...setup, queue: { ...setup.queue, concurrency: 2 } });
  const ledger = new MessageLedger(`${misfortune} on ${engine}`, MESSAGES);
  try {
    await Promise.all([unlucky.ready, other.ready]);
    const enqueuing = enqueueAll(ledger, other);
    // By then, the first process is working on other messages.
    await until(() => sentByUnlucky >= 2, WITHIN_MS);
    if (misfortune === 'killed') await unlucky.kill();
    else unlucky.pause();
    await enqueuing;
    const { ms } = await timed(() => until(async () => (await other.left()) === 0, WITHIN_MS));
    unlucky.continue();
    const exitCodes = misfortune === 'paused' ? [await unlucky.close()] : [];
    await until(async () => (await other.left()) === 0, WITHIN_MS);
    const account = await ledger.settle(simulator, (id) => other.find(id));
    exitCodes.push(await other.close());
    return { ...account, takenOverWithinMs: ms, exitCodes };
  } finally {
    await Promise.all([unlucky.kill(), other.kill()]);
    await simulator.close();
    await place.remove();
  }
}

async function enqueueAll(ledger: MessageLedger, by: QueueProcess): Promise<void> {
  while (ledger.left > 0) await ledger.enqueueNext((message, options) => by.enqueue(message, options));
}
