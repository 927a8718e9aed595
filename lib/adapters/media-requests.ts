import type { Account } from '../config/accounts/account.js';
import type { AccountBase } from '../config/accounts/account-base.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import type { InboundMedia } from '../events/messaging-event.interface.js';
import type { HttpRequest } from '../transport/http-request.interface.js';
import type { MediaLocation } from './provider-adapter.interface.js';

/** Returns the URL of a file. @throws InvalidMessageError if the event has none. */
export function mediaUrlOf({ url }: InboundMedia, { provider, name }: Account): string {
  if (url !== undefined) return url;
  const issue = {
    path: 'event.media.url',
    rule: 'isMedia',
    message: `event.media.url is missing, which ${provider} needs`,
  };
  throw new InvalidMessageError([issue], { provider, account: name });
}

/** Returns the hosts of an account's files. @param hosts The provider's own. */
export function mediaHostsOf(
  { baseUrl, mediaHosts = [] }: AccountBase,
  hosts: readonly string[],
): Pick<MediaLocation, 'baseUrl' | 'hosts'> {
  return { baseUrl, hosts: [...hosts, ...mediaHosts] };
}

/** Builds a request without credentials. */
export function anonymousRequest({ origin, pathname, search }: URL): HttpRequest {
  return { method: 'GET', origin, path: pathname + search, headers: {} };
}
