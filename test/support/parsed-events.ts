import { createAccount } from '../../lib/config/accounts/account-definitions.js';
import type { ParsedEvent, ParsedWebhook } from '../../lib/events/messaging-event.interface.js';
import type { AccountOptions } from '../../lib/index.js';
import { webhookOf } from './webhook-adapters.js';
import { bytesOf, credentials, webhookAccounts } from './webhook-requests.js';

const CLOUD = { provider: 'whatsapp-cloud', accessToken: 'access' } as const;
const ACCOUNTS: AccountOptions[] = [
  ...webhookAccounts(),
  { provider: 'chatvolt', name: 'any-agent', apiKey: 'key' },
  { ...CLOUD, name: 'same-app', phoneNumberId: '2', appSecret: ['other', 'w-secret-new'] },
  { ...CLOUD, name: 'same-number', phoneNumberId: '106540352242922', appSecret: 'w-secret-new' },
  { ...CLOUD, name: 'other-app', phoneNumberId: '3', appSecret: 'other-secret' },
  { ...CLOUD, name: 'no-app', phoneNumberId: '4' },
];
const SEALED = ACCOUNTS.map(createAccount);

/** What an account makes of a body that came to it with good credentials of the account `w`, if they are Meta's. */
export function parsed(name: string, body: unknown): ParsedWebhook {
  const account = SEALED.find((sealed) => sealed.name === name);
  if (!account) throw new Error(`There is no account ${name}.`);
  const rawBody = bytesOf(body ?? null);
  const request = { headers: credentials('w', rawBody), rawBody };
  const others = SEALED.filter(
    (each) => each.provider === account.provider && webhookOf(each).isAuthentic(request, each),
  );
  return webhookOf(account).parse(body, account, others);
}

/** The events in a body that came to an account. */
export function eventsIn(name: string, body: unknown): ParsedEvent[] {
  return parsed(name, body).events;
}

/** The only event in a body. */
export function eventIn(name: string, body: unknown): ParsedEvent {
  const [event, ...others] = eventsIn(name, body);
  if (!event || others.length > 0) throw new Error('There is not one event.');
  return event;
}

/** Without what every event has, and without what only the matcher reads. */
export function bare(events: readonly ParsedEvent[]): object[] {
  return events.map((event) => {
    const { raw, provider, account, at, ...rest } = event;
    const { hints: _, ...said } = 'hints' in rest ? rest : { ...rest, hints: undefined };
    return said;
  });
}

/** What the parser tells the matcher of the only event in a body. */
export function hintsIn(name: string, body: unknown): object | undefined {
  const event = eventIn(name, body);
  return event.kind === 'echo' ? undefined : event.hints;
}
