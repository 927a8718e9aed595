/** An object of unknown shape, as in JSON. */
export type Fields = Record<string, unknown>;

/** `sales` is the default and uses Z-API, `support` Chatvolt, `official` the Cloud API. */
export type AccountName = 'sales' | 'support' | 'official';

/** How the provider responds. The first matching rule is used. */
export interface Rule {
  /** The method and, after a space, a part of the path. */
  to: string;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** The raw response, instead of `body`. */
  text?: string;
  /** The content type. @default 'application/json' */
  type?: string;
  /** How many times the rule is used. */
  times?: number;
  /** Used instead of a response. */
  end?: 'silence' | 'reset';
  /** Rotates the list in `body` on each response. */
  turning?: true;
}

/** A webhook. `'$now'` becomes the current time, `'$button 0'` the first button's id in the request of `sentBefore[0]`. */
export interface Hook {
  account: AccountName;
  body: Fields;
  /** Replaces the account's credentials. */
  by?: { query?: string; headers?: Record<string, string> };
}

/** `Service.method` and its arguments. */
export interface Call {
  call: string;
  args: unknown[];
}

export interface Sending extends Call {
  answer?: Rule[];
  /** Delays the response until the webhooks are posted. */
  answeredAfterWebhooks?: true;
  /** The expected error of the call. */
  error?: Fields;
}

/**
 * The expected behavior. An object lists required fields and allows others. `null` means absent, `true` present, a list
 * one of its values if the value is not a list, `{ from, to }` a range, `{ all }` exactly these in any order.
 */
export interface Expectation {
  /** The response status of each webhook. @default 200 */
  http?: number | number[];
  /** All events of the webhooks, in order. `sent` is the index in `sentBefore`, or `null`. */
  events?: Fields[];
  /** Kinds of events that must not be emitted. */
  none?: string[];
  /** The statuses that `of()` emits for `sentBefore[0]`. */
  of?: string[];
  /** The first status that a new subscriber of `of()` receives. */
  last?: string;
  /** The button that resolves the `ask()`, or `open`. */
  ask?: string;
  /** Indexes in `sentBefore` that are settled as sent. */
  settled?: number[];
  error?: Fields;
  /** Texts that the error message contains, and those it must not contain. */
  says?: string[];
  saysNot?: string[];
  result?: Fields;
  /** The results of a batch. */
  results?: { failed: number; outcome: string };
  /** The requests of `call`, or those after the webhooks. */
  requests?: number | Fields[];
  requestsAtMost?: number;
  /** The last POST. */
  request?: Fields;
  posts?: number;
  gets?: number;
  getsAtMost?: number;
  again?: Pick<Expectation, 'error' | 'result' | 'requests' | 'posts' | 'gets'>;
}

/** One situation seen in production, and the expected behavior. */
export interface FieldCase {
  id: string;
  /** The title of the test: what the library does, beginning with a verb. */
  what: string;
  /** The origin of the expectation. */
  source: string;
  /** Account options, in addition to the credentials. */
  options?: Partial<Record<AccountName, Fields>>;
  /** Module options. */
  module?: Fields;
  /** Further accounts. */
  more?: Fields[];
  /** Accounts that `resolveAccount` returns, by name. */
  resolveAccount?: Record<string, Fields>;
  /** @default 'express' */
  platform?: 'express' | 'fastify';
  heardBefore?: Hook[];
  sentBefore?: Sending[];
  webhook?: Hook[];
  call?: Call;
  answer?: Rule[];
  /** Repeats the call, or makes another one, with these responses. */
  again?: { call?: Call; answer?: Rule[] };
  expect: Expectation;
}
