import { quoteIdentifier, subscriptionsIn } from './sql-scanner.mjs';

/** Tracks which client listens to which channel, because PostgreSQL only sees one session. */
export class NotificationRouter {
  /** @type {Map<string, Set<number>>} */
  #channels = new Map();

  /** Returns the sessions that listen to a channel. @param {string} channel */
  sessionsOf(channel) {
    return this.#channels.get(channel) ?? new Set();
  }

  /**
   * Records the LISTEN and UNLISTEN of a client. Returns the SQL that restores channels to which other clients listen.
   *
   * @param {number} session
   * @param {string} sql
   * @returns {string[]}
   */
  follow(session, sql) {
    const lost = subscriptionsIn(sql).flatMap(({ listens, channel }) =>
      listens ? this.#listen(session, channel) : this.#unlisten(session, channel),
    );
    return lost.map((channel) => `LISTEN ${quoteIdentifier(channel)}`);
  }

  /** Removes a client. @param {number} session */
  remove(session) {
    this.#unlisten(session, '*');
  }

  /** @param {number} session @param {string} channel @returns {string[]} */
  #listen(session, channel) {
    this.#channels.set(channel, this.sessionsOf(channel).add(session));
    return [];
  }

  /** @param {number} session @param {string} name */
  #unlisten(session, name) {
    const channels = name === '*' ? [...this.#channels.keys()] : [name];
    for (const channel of channels) this.sessionsOf(channel).delete(session);
    return channels.filter((channel) => this.sessionsOf(channel).size > 0);
  }
}
