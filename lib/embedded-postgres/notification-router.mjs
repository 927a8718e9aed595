import { quoteIdentifier, subscriptionsIn } from './sql-scanner.mjs';

/** Which client listens to what: PostgreSQL's one session only knows what is listened to at all. */
export class Listeners {
  /** @type {Map<string, Set<number>>} */
  #channels = new Map();

  /** @param {string} channel */
  to(channel) {
    return this.#channels.get(channel) ?? new Set();
  }

  /**
   * Notes what a client asked for. The answer is the SQL that gives back to others what its UNLISTEN took from them.
   *
   * @param {number} session
   * @param {string} sql
   * @returns {string[]}
   */
  follow(session, sql) {
    const taken = subscriptionsIn(sql).flatMap(({ listens, channel }) =>
      listens ? this.#listen(session, channel) : this.#unlisten(session, channel),
    );
    return taken.map((channel) => `LISTEN ${quoteIdentifier(channel)}`);
  }

  /** @param {number} session */
  forget(session) {
    this.#unlisten(session, '*');
  }

  /**
   * @param {number} session
   * @param {string} channel
   * @returns {string[]}
   */
  #listen(session, channel) {
    this.#channels.set(channel, this.to(channel).add(session));
    return [];
  }

  /**
   * @param {number} session
   * @param {string} named
   */
  #unlisten(session, named) {
    const channels = named === '*' ? [...this.#channels.keys()] : [named];
    for (const channel of channels) this.to(channel).delete(session);
    return channels.filter((channel) => this.to(channel).size > 0);
  }
}
