import { Subject } from 'rxjs';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { SimulatorClock } from './simulator-clock.js';
import type { SimulatedWindow, WindowMode } from './window.interface.js';

const WINDOW_MS = 24 * 60 * 60 * 1000;
/** Maximum number of windows. The oldest are closed first. */
const MAX_WINDOWS = 10_000;

/** The 24-hour windows of the Cloud API, by account and person. */
export class CustomerWindows {
  /** Emits when what the phones show of windows has changed. */
  readonly changed = new Subject<void>();
  private readonly modes = new Map<string, WindowMode>();
  private readonly kept = new Map<string, SimulatedWindow>();

  /** @param mode The mode of accounts without their own. */
  constructor(
    private readonly clock: SimulatorClock,
    private readonly mode: WindowMode,
  ) {}

  enforce(account: string, mode: WindowMode): void {
    this.modes.set(account, mode);
    this.changed.next();
  }

  modeOf(account: string): WindowMode {
    return this.modes.get(account) ?? this.mode;
  }

  isOpen(account: string, person: SimulatedPerson): boolean {
    const window = this.kept.get(keyOf(account, person));
    return window !== undefined && this.clock.now() < window.openUntil.getTime();
  }

  /** Opens a window for 24 hours, as a message of the person does. */
  open(account: string, person: SimulatedPerson): void {
    this.kept.delete(keyOf(account, person));
    this.kept.set(keyOf(account, person), { account, person, openUntil: new Date(this.clock.now() + WINDOW_MS) });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MAX_WINDOWS) break;
      this.kept.delete(oldest);
    }
    if (this.modeOf(account) !== 'off') this.changed.next();
  }

  close(account: string, person: SimulatedPerson): void {
    this.kept.delete(keyOf(account, person));
    this.changed.next();
  }

  /** Moves the clock, which may close windows. @throws RangeError if the time is not a positive number. */
  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
    this.changed.next();
  }

  /** Returns the open windows of accounts that enforce them, oldest first. */
  list(): SimulatedWindow[] {
    return [...this.kept.values()].filter(
      ({ account, person }) => this.modeOf(account) !== 'off' && this.isOpen(account, person),
    );
  }
}

/** The LID stays the same when a person changes the number or the user ID. */
function keyOf(account: string, { lid }: SimulatedPerson): string {
  return `${account}\n${lid}`;
}
