import { LRUCache } from 'lru-cache';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { UnknownAccountError } from '../errors/setup.errors.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { troubleOf } from './account-trouble.js';
import type { QueueEventStream } from './queue-event.stream.js';
import { messageErrorOf } from './queued-message.mapper.js';

const MAX_ACCOUNTS = 10_000;
/** So many failures in a row are the account's, not those of single messages. */
const FAILURES_IN_ROW = 5;
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 30_000;
/** Another application on the same queue may know the account. */
const UNKNOWN_ACCOUNT_WAIT_MS = 2_000;
/** A rest or a limit may be ended before its time: that is looked at after so long. */
const MAX_TURN_MS = 60_000;
/** While one message is tried, the others wait so long and look again; the try itself may be lost after more. */
const RECHECK_MS = 1_000;
const PROBE_TIMEOUT_MS = 30_000;
/** Messages that wait for the same moment come back one after the other, so many milliseconds apart, … */
const MIN_INTERVAL_MS = 10;
/** … and at most so long after it. */
const SPREAD_MS = 60_000;
const LOG_INTERVAL_MS = 60_000;

interface AccountWait {
  /** Nothing is tried before. */
  until: number;
  /** How long was waited last for the account to be well again; 0 where it is only a turn that is waited for. */
  waitMs: number;
  failuresInRow: number;
  /** Until then one message is tried, and the others wait for what becomes of it. */
  tryingUntil: number;
  /** When the next of those that wait comes back. */
  nextBackAt: number;
  apartMs: number;
  saidAt: number;
}

/**
 * Accounts that cannot send now, for no reason of their messages': it is not their turn, their provider is away, their
 * credentials are refused, they are not known. Their messages wait in the queue, and one after the other is tried, after
 * growing pauses, until the account can send again. Each process finds out for itself.
 */
export class AccountWaits {
  private readonly accounts = new LRUCache<string, AccountWait>({ max: MAX_ACCOUNTS });

  constructor(
    private readonly events: QueueEventStream,
    /** Known once the application's modules are there. */
    private readonly logger: () => MessagingLogger,
  ) {}

  /** For how many milliseconds a message of these accounts has to wait; 0 where one of them may be tried. */
  admit(accounts: readonly string[]): number {
    if (this.accounts.size === 0) return 0;
    let shortest = Number.POSITIVE_INFINITY;
    for (const account of accounts) {
      const waitMs = this.admitOne(account);
      if (waitMs === 0) return 0;
      shortest = Math.min(shortest, waitMs);
    }
    return Number.isFinite(shortest) ? shortest : 0;
  }

  /** A send failed. Undefined where that is the message's own affair, else how long the message has to wait. */
  fail(account: string, error: ButtonMessagingError, attempts: number): number | undefined {
    const trouble = troubleOf(error);
    if (trouble === undefined) return undefined;
    const askedMs = error.retryAfterMs ?? 0;
    if (trouble === 'turn')
      return this.waitForTurn(account, error, Math.min(askedMs || backoff(attempts), MAX_TURN_MS));
    const wait = this.waitOf(account);
    wait.failuresInRow += 1;
    const isOver = trouble === 'closed' || wait.waitMs > 0 || wait.failuresInRow >= FAILURES_IN_ROW;
    if (isOver) this.extend(account, wait, error);
    return isOver ? Math.max(wait.until - Date.now(), 0) : Math.max(askedMs, backoff(attempts));
  }

  /** Nobody knows what became of a send. Where it was the try of an account that could not send, that goes on. */
  missAnswer(account: string, error: ButtonMessagingError): void {
    const wait = this.accounts.get(account);
    if (wait && wait.waitMs > 0) this.extend(account, wait, error);
  }

  /** The provider answered, and the account can send. */
  succeed(account: string): void {
    const wait = this.accounts.size === 0 ? undefined : this.accounts.get(account);
    if (!wait) return;
    // A turn that is waited for is waited for also by those that come after a success.
    if (wait.waitMs === 0 && wait.until > Date.now()) {
      wait.failuresInRow = 0;
      return;
    }
    this.accounts.delete(account);
    if (wait.waitMs === 0) return;
    this.logger().log(`Account ${account} can send again.`);
    this.events.emitAccount({ kind: 'available', account });
  }

  /** Whatever was waited for, it is over. */
  end(account: string): void {
    this.accounts.delete(account);
  }

  /**
   * When a message that has to wait so long comes back: not all of an account's at once.
   *
   * @param apartMs How far apart. Default: as what they wait for asks for.
   */
  comesBackAt(account: string, waitMs: number, apartMs?: number): number {
    const earliest = Date.now() + waitMs;
    const wait = this.waitOf(account);
    const at = Math.max(earliest, wait.nextBackAt);
    if (at > earliest + SPREAD_MS) return earliest + Math.round(Math.random() * SPREAD_MS);
    wait.nextBackAt = at + (apartMs ?? wait.apartMs);
    return Math.round(at);
  }

  private admitOne(account: string): number {
    const wait = this.accounts.get(account);
    if (!wait) return 0;
    const now = Date.now();
    if (wait.until > now) return wait.until - now;
    if (wait.waitMs === 0) return 0;
    if (wait.tryingUntil > now) return RECHECK_MS;
    wait.tryingUntil = now + PROBE_TIMEOUT_MS;
    return 0;
  }

  private waitForTurn(account: string, error: ButtonMessagingError, waitMs: number): number {
    if (error.scope === 'recipient') return waitMs;
    const wait = this.waitOf(account);
    wait.until = Math.max(wait.until, Date.now() + waitMs);
    wait.tryingUntil = 0;
    // The turns of an account that is paced are, on average, twice as far apart as this one is away.
    wait.apartMs = Math.max(MIN_INTERVAL_MS, Math.min(waitMs, RECHECK_MS));
    return waitMs;
  }

  private extend(account: string, wait: AccountWait, error: ButtonMessagingError): void {
    const now = Date.now();
    wait.tryingUntil = 0;
    wait.apartMs = MIN_INTERVAL_MS;
    // Others of the same moment tell the same: it is one failure of the account.
    if (wait.until <= now) {
      const longest = error instanceof UnknownAccountError ? UNKNOWN_ACCOUNT_WAIT_MS : MAX_WAIT_MS;
      const wanted = Math.max(FIRST_WAIT_MS, wait.waitMs * 2, error.retryAfterMs ?? 0);
      wait.waitMs = Math.min(wanted, longest);
      wait.until = now + wait.waitMs;
    }
    if (wait.saidAt + LOG_INTERVAL_MS > now) return;
    wait.saidAt = now;
    const seconds = Math.ceil((wait.until - now) / 1_000);
    this.logger().warn(
      `Account ${account} cannot send at present (${error.code}): its messages wait, and use up no attempt. ` +
        `The next is tried in ${seconds} s.`,
    );
    const retryAt = new Date(wait.until);
    this.events.emitAccount({ kind: 'unavailable', account, error: messageErrorOf(error), retryAt });
  }

  private waitOf(account: string): AccountWait {
    const known = this.accounts.get(account);
    if (known) return known;
    const wait: AccountWait = {
      until: 0,
      waitMs: 0,
      failuresInRow: 0,
      tryingUntil: 0,
      nextBackAt: 0,
      apartMs: MIN_INTERVAL_MS,
      saidAt: Number.NEGATIVE_INFINITY,
    };
    this.accounts.set(account, wait);
    return wait;
  }
}

/** Twice as long each time, and up to a half more, so that not all come back at once. */
function backoff(attempts: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1), MAX_WAIT_MS);
  return longest * (1 + Math.random() / 2);
}
