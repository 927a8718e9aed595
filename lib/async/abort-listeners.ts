/** Called when a signal is aborted. */
export interface AbortListener {
  onAbort(): void;
}

/** A listener's subscription to a signal. */
export interface AbortSubscription {
  /** Removes the listener. */
  end(): void;
}

/**
 * Shares one listener of a signal among all operations that it aborts, such as the sends of a campaign.
 *
 * Listeners that are added and removed for each send form a chain of garbage, which slows down minor collections.
 */
export class AbortListeners {
  private readonly bySignal = new WeakMap<AbortSignal, WatchedSignal>();

  /** @param signal Must not be aborted yet. */
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

  /** Handles the abort event. */
  handleEvent(): void {
    const { entries } = this;
    this.entries = [];
    for (const { listener } of entries) listener.onAbort();
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
