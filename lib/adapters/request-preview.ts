import type { Account } from '../config/accounts/account.js';
import { Secret } from '../config/accounts/secret.js';
import type { RequestPreview } from '../message/message-preview.interface.js';
import type { WireFormat } from './provider.client.js';
import type { OutgoingMessage } from './provider-adapter.interface.js';

const SEALED = '[secret]';

/** Returns the request of a message, with placeholders for the account's secrets. */
export function previewRequest<A extends Account>(
  wire: Pick<WireFormat<A, unknown>, 'requestBuilderFor'>,
  account: A,
  outgoing: OutgoingMessage,
): RequestPreview {
  const builder = wire.requestBuilderFor(withoutSecrets(account));
  const { method, path, body } = builder.post(outgoing.path, JSON.stringify(outgoing.body));
  return {
    method,
    path: path.replaceAll(encodeURIComponent(SEALED), SEALED),
    body: JSON.parse(body),
  };
}

function withoutSecrets<A extends Account>(account: A): A {
  const secrets = Object.entries(account).filter(([, value]) => value instanceof Secret);
  return { ...account, ...Object.fromEntries(secrets.map(([field]) => [field, new Secret(SEALED)])) };
}
