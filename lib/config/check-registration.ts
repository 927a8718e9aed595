import type { Issue } from '../errors/issue.js';
import { suggestionFor } from '../validation/closest-name.js';
import { isRecord } from '../validation/is-record.js';
import type { ButtonMessagingModuleExtras } from './button-messaging-options.interface.js';

/** The forms of `forRootAsync`. A registration has exactly one. */
export const ASYNC_WAYS = ['useFactory', 'useClass', 'useExisting'] as const;

/** How `forRootAsync` creates the options. */
export type AsyncWay = (typeof ASYNC_WAYS)[number];

/** The method of the classes for `useClass` and `useExisting`. */
export const FACTORY_METHOD = 'createButtonMessagingOptions';

const EXTRAS: Readonly<Record<keyof ButtonMessagingModuleExtras, true>> = {
  isGlobal: true,
  webhooks: true,
  extraProviders: true,
};

/** The names of the options that belong beside the factory. */
export const EXTRA_NAMES: readonly string[] = Object.keys(EXTRAS);

const ASYNC_NAMES: readonly string[] = [...ASYNC_WAYS, 'imports', 'inject', 'provideInjectionTokensFrom'];

const NOT_A_FUNCTION: Issue = { path: 'useFactory', rule: 'isFunction', message: 'useFactory must be a function' };

/** What the `forRootAsync` of a module accepts. */
export interface AsyncRegistration {
  /** Its name in messages. */
  method: string;
  /** The names of the options that its factory returns. */
  optionNames: readonly string[];
  /** The names of the options beside the factory. */
  extraNames: readonly string[];
}

/** Checks the arguments of `forRootAsync`, except for the result of its factory. */
export function checkAsyncRegistration(given: unknown, known: AsyncRegistration): Issue[] {
  if (!isRecord(given)) return [missingWayIssue(known)];
  const names = [...ASYNC_NAMES, ...known.extraNames];
  const ways = ASYNC_WAYS.filter((way) => given[way] !== undefined);
  const unknown = Object.keys(given).filter((name) => !names.includes(name) && given[name] !== undefined);
  return [
    ...(ways.length === 1 ? [] : [missingWayIssue(known)]),
    ...(given.useFactory === undefined || typeof given.useFactory === 'function' ? [] : [NOT_A_FUNCTION]),
    ...unknown.map((name) => unknownNameIssue(name, names, known)),
  ];
}

function missingWayIssue({ method }: AsyncRegistration): Issue {
  const message = `${method} requires exactly one of ${ASYNC_WAYS.join(', ')}`;
  return { path: 'useFactory', rule: 'isSet', message };
}

function unknownNameIssue(path: string, names: readonly string[], { method, optionNames }: AsyncRegistration): Issue {
  if (optionNames.includes(path)) {
    return { path, rule: 'misplaced', message: `${path} must be returned by the factory of ${method}` };
  }
  return { path, rule: 'unknownField', message: `${path} is unknown to ${method}${suggestionFor(path, names)}` };
}
