/** Is told when a signal is aborted. */
export interface AbortListener {
  onAbort(): void;
}

/** One listener's place at a signal. */
export interface AbortSubscription {
  /** It is not told any more. */
  end(): void;
}

/**
 * Tells of the abortion of signals that concern much work at a time, as one that ends a whole campaign.
 *
 * The signal has one listener for all of it. With one for each piece of work, each that is taken off still points at the
 * next: one that has grown old drags all that the later ones held through the garbage collector.
 */
export class AbortListeners {
  private readonly bySignal = new WeakMap<AbortSignal, WatchedSignal>();

  /** @param signal Not aborted yet: of what is past nobody is told. */
  watch(signal: AbortSignal, listener: AbortListener): AbortSubscription {
    const known = this.bySignal.get(signal);
    if (known) return known.add(listener);
    const watched = new WatchedSignal(signal);
    this.bySignal.set(signal, watched);
    return watched.add(listener);
  }
}

class WatchedSignal {
  private entries: ListenerEntry[] = [];

  constructor(private readonly signal: AbortSignal) {}

  add(listener: AbortListener): ListenerEntry {
    if (this.entries.length === 0) this.signal.addEventListener('abort', this, { once: true });
    const place = new ListenerEntry(this, listener, this.entries.length);
    this.entries.push(place);
    return place;
  }

  remove(place: ListenerEntry): void {
    if (this.entries[place.index] !== place) return;
    const last = this.entries.pop();
    if (last && last !== place) {
      this.entries[place.index] = last;
      last.index = place.index;
    }
    if (this.entries.length === 0) this.signal.removeEventListener('abort', this);
  }

  /** The signal was aborted. */
  handleEvent(): void {
    const { entries: places } = this;
    this.entries = [];
    for (const { listener } of places) listener.onAbort();
  }
}

class ListenerEntry implements AbortSubscription {
  constructor(
    private readonly signal: WatchedSignal,
    readonly listener: AbortListener,
    public index: number,
  ) {}

  end(): void {
    this.signal.remove(this);
  }
}
