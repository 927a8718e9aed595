/** A thing with fields, as it comes over the wire or is given before its type exists. */
export type Fields = Record<string, unknown>;

/** `sales` is of Z-API and the default, `support` of Chatvolt, `official` of the Cloud API. */
export type AccountName = 'sales' | 'support' | 'official';

/** How the provider answers; the first rule that fits does. */
export interface Rule {
  /** A method and, after a blank, a part of the path. */
  to: string;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** In place of `body`: the answer as it stands. */
  text?: string;
  /** The content type. @default 'application/json' */
  type?: string;
  /** How often, and no more. */
  times?: number;
  /** Instead of an answer. */
  end?: 'silence' | 'reset';
  /** The list in `body` begins with another entry each time. */
  turning?: true;
}

/** A webhook. `'$now'` in it becomes the present time, `'$button 0'` the first button's id in the request of `sentBefore[0]`. */
export interface Hook {
  account: AccountName;
  body: Fields;
  /** In place of the account's own credentials. */
  by?: { query?: string; headers?: Record<string, string> };
}

/** `Service.method` and what it gets. */
export interface Call {
  call: string;
  args: unknown[];
}

export interface Sending extends Call {
  answer?: Rule[];
  /** The answer is held back until the webhooks have come. */
  answeredAfterWebhooks?: true;
  /** What it ends with. */
  error?: Fields;
}

/**
 * What is right. An object names what must be there and leaves the rest open; `null` is absent, `true` is there, a list
 * is one of these where the value is not a list, `{ from, to }` a range, `{ all }` exactly these in any order.
 */
export interface Expectation {
  /** What each webhook is answered. @default 200 */
  http?: number | number[];
  /** All events of the webhooks, in order. `sent` is the index in `sentBefore`, or `null` for none. */
  events?: Fields[];
  /** Kinds of which no event may come. */
  none?: string[];
  /** The statuses that `of()` gives of `sentBefore[0]`. */
  of?: string[];
  /** The status that a new subscriber of `of()` gets first. */
  last?: string;
  /** The button that answers the `ask()`, or `open`. */
  ask?: string;
  /** Which of `sentBefore` were settled as sent. */
  settled?: number[];
  error?: Fields;
  /** What the error's text holds, and what it does not. */
  says?: string[];
  saysNot?: string[];
  result?: Fields;
  /** Of a batch. */
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

/** One thing that happens in the field, and what is right then. */
export interface FieldCase {
  id: string;
  /** The rule, in a sentence. */
  what: string;
  /** Where the fact comes from. */
  source: string;
  /** Options that accounts have besides their credentials. */
  options?: Partial<Record<AccountName, Fields>>;
  /** Options of the module. */
  module?: Fields;
  /** Further accounts. */
  more?: Fields[];
  /** Accounts that `resolveAccount` gives, by name. */
  resolveAccount?: Record<string, Fields>;
  /** @default 'express' */
  platform?: 'express' | 'fastify';
  heardBefore?: Hook[];
  sentBefore?: Sending[];
  webhook?: Hook[];
  call?: Call;
  answer?: Rule[];
  /** The same call once more, or another one, with these answers. */
  again?: { call?: Call; answer?: Rule[] };
  expect: Expectation;
}
