import { MultiBar, Presets } from 'cli-progress';
import type { Report } from './process-messages.js';

const FORMAT = '{step} {bar} {value}/{total}  {rest}';

/** Shows how many messages are in the queue and how many people were invited, also without a terminal. */
export class CampaignProgress {
  private readonly bars = new MultiBar(
    { format: FORMAT, hideCursor: true, noTTYOutput: true, notTTYSchedule: 2_000, emptyOnZero: true },
    Presets.shades_classic,
  );
  private readonly queuedBar;
  private readonly invitedBar;
  private readonly startedAt = performance.now();

  constructor(people: number) {
    this.queuedBar = this.bars.create(people, 0, { step: 'queued ', rest: '' });
    this.invitedBar = this.bars.create(people, 0, { step: 'invited', rest: '' });
  }

  invited(people: number): void {
    const seconds = (performance.now() - this.startedAt) / 1_000;
    this.invitedBar.update(people, { rest: `${String(Math.round(people / seconds))}/s` });
  }

  report({ queued, counts }: Report): void {
    const shown = (['waiting', 'delayed', 'active', 'held'] as const).map(
      (state) => `${state} ${String(counts[state])}`,
    );
    const rest = shown.join('  ');
    this.queuedBar.update(queued, { rest });
  }

  say(line: string): void {
    this.bars.log(`${line}\n`);
    this.bars.update();
  }

  stop(): void {
    this.bars.stop();
  }
}
