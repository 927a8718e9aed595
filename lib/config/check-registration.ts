import type { Issue } from '../errors/issue.js';
import { closestName } from '../validation/closest-name.js';
import { isRecord } from '../validation/is-record.js';
import type { ButtonMessagingModuleExtras } from './button-messaging-options.interface.js';

/** The forms of `forRootAsync`, of which a registration has one. */
export const ASYNC_WAYS = ['useFactory', 'useClass', 'useExisting'] as const;

/** How the options of `forRootAsync` come about. */
export type AsyncWay = (typeof ASYNC_WAYS)[number];

/** The method of the classes that `useClass` and `useExisting` name. */
export const FACTORY_METHOD = 'createButtonMessagingOptions';

const EXTRAS: Readonly<Record<keyof ButtonMessagingModuleExtras, true>> = {
  isGlobal: true,
  webhooks: true,
  extraProviders: true,
};

/** What shapes the module, and stands beside the factory. */
export const EXTRA_NAMES: readonly string[] = Object.keys(EXTRAS);

const ASYNC_NAMES: readonly string[] = [
  ...ASYNC_WAYS,
  'imports',
  'inject',
  'provideInjectionTokensFrom',
  ...EXTRA_NAMES,
];

/** All faults of what `forRootAsync` is given, the result of its factory aside. */
export function checkAsyncRegistration(given: unknown, optionNames: readonly string[]): Issue[] {
  if (!isRecord(given)) return [noWay()];
  const ways = ASYNC_WAYS.filter((way) => given[way] !== undefined);
  const unknown = Object.keys(given).filter((name) => !ASYNC_NAMES.includes(name) && given[name] !== undefined);
  return [
    ...(ways.length === 1 ? [] : [noWay()]),
    ...(given.useFactory === undefined || typeof given.useFactory === 'function' ? [] : [noFunction('useFactory')]),
    ...unknown.map((name) => unknownName(name, optionNames)),
  ];
}

function noWay(): Issue {
  const message = `forRootAsync must be given exactly one of ${ASYNC_WAYS.join(', ')}`;
  return { path: 'useFactory', rule: 'isSet', message };
}

function noFunction(path: string): Issue {
  return { path, rule: 'isFunction', message: `${path} must be a function` };
}

function unknownName(path: string, optionNames: readonly string[]): Issue {
  if (optionNames.includes(path)) {
    return { path, rule: 'misplaced', message: `${path} belongs in what the factory of forRootAsync returns` };
  }
  const meant = closestName(path, ASYNC_NAMES);
  const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  return { path, rule: 'unknownField', message: `${path} is unknown to forRootAsync${hint}` };
}
