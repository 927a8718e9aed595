import type {
  NewChatvoltAccount,
  NewSimulatedAccount,
  NewWhatsAppCloudAccount,
  NewZApiAccount,
  SimulatedAccountChange,
} from './accounts/new-account.interface.js';
import type { SendCallback, SendCallbackOptions } from './callbacks/send-callback.interface.js';
import type { AccountNews } from './inbound/account-news.interface.js';
import type {
  BurstOptions,
  InboundEnvelope,
  InboundMessage,
  ReplyContent,
  ReplyOptions,
  WebhookOptions,
} from './inbound/inbound.interface.js';
import type { JsonObject } from './json.js';
import type { DeliveryFailure } from './messages/accepted-message.interface.js';
import type { NewSimulatedPerson, SimulatedPerson } from './people/person.interface.js';
import type {
  SimulatedAccount,
  SimulatedChatvoltAccount,
  SimulatedWhatsAppCloudAccount,
  SimulatedZApiAccount,
} from './simulated-account.interface.js';
import type { SimulatorParts } from './simulator-parts.js';
import type { WebhookAnswer } from './webhooks/webhook-answer.interface.js';
import { zApiDeliveryErrors } from './z-api/z-api-delivery-errors.js';

/**
 * Simulates what happens around sent messages: people, their messages, accounts, and events of accounts. A part of
 * `GatewaySimulator`.
 *
 * @publicApi
 */
export abstract class SimulatedField {
  /** @hidden */
  protected constructor(private readonly field: SimulatorParts) {}

  /**
   * Adds an account with its own credentials, which requests must use. Its webhooks are sent to
   * `{url}/{provider}/{name}`.
   *
   * @throws TypeError if the name or a credential belongs to another account, or a credential is not a string.
   *
   * @example
   * const branch = simulator.addAccount({ provider: 'z-api', name: 'branch' });
   */
  addAccount(account: NewZApiAccount): SimulatedZApiAccount;
  addAccount(account: NewChatvoltAccount): SimulatedChatvoltAccount;
  addAccount(account: NewWhatsAppCloudAccount): SimulatedWhatsAppCloudAccount;
  addAccount(account: NewSimulatedAccount): SimulatedAccount {
    return this.field.accounts.add(account);
  }

  /**
   * Changes the credentials of an account, like a revoked or replaced token. The old ones are rejected from now on.
   *
   * @throws Error if the account does not exist. TypeError like `addAccount()`.
   */
  changeAccount(name: string, change: SimulatedAccountChange): SimulatedAccount {
    return this.field.accounts.change(name, change);
  }

  /**
   * Removes an account. Its requests are rejected, and its messages cause no webhooks.
   *
   * @throws Error if the account does not exist.
   */
  removeAccount(name: string): void {
    this.field.accounts.remove(name);
  }

  /**
   * Adds a person: a phone number, lid, user ID and user name that belong together, and how webhooks identify the
   * person. Known properties of the same person are kept, unless they are given. Other people are derived from their
   * phone number, and show it.
   *
   * @throws TypeError if there is no phone number, lid or user ID, or one is invalid.
   *
   * @example
   * simulator.addPerson({ phone: '5511988880001', userId: 'BR.1A2B3C', username: 'ana', shows: 'ids' });
   */
  addPerson(person: NewSimulatedPerson): SimulatedPerson {
    return this.field.people.add(person);
  }

  /** Returns the people that were added. */
  people(): SimulatedPerson[] {
    return this.field.people.list();
  }

  /**
   * Simulates a message from a person, independent of sent messages: a text, a voice message, a reaction, an edit, in
   * private, in a group or in a channel.
   *
   * @param account The name of the account.
   * @throws Error if the account does not exist, or the provider documents no callback for the content. Error like
   * `press()`.
   *
   * @example
   * await simulator.write('whatsapp-cloud', { from: '5511988880001', type: 'audio' });
   * await simulator.write('z-api', { from: { lid: '81000000000011@lid' }, type: 'text', text: 'Hi' }, { times: 2 });
   */
  write(account: string, message: InboundMessage, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.field.inboundTraffic.write(account, message, options);
  }

  /**
   * Simulates several texts in quick succession. Chatvolt joins them in one event, separated by a blank line. The
   * others send a webhook for each, all at once. The Cloud API may send them `together` in one request.
   *
   * @throws Error like `write()`.
   */
  burst(
    account: string,
    envelope: InboundEnvelope,
    texts: readonly string[],
    options?: BurstOptions,
  ): Promise<WebhookAnswer[]> {
    return this.field.inboundTraffic.burst(account, envelope, texts, options);
  }

  /**
   * Simulates an event of an account: it is disconnected or restricted, a template is rejected, …
   *
   * @throws Error if the account does not exist, or the provider documents no callback for the event. Error like
   * `press()`.
   *
   * @example
   * await simulator.announce('whatsapp-cloud', { type: 'restricted' });
   * await simulator.announce('z-api', { type: 'disconnected' });
   */
  announce(account: string, news: AccountNews, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.field.inboundTraffic.announce(account, news, options);
  }

  /**
   * Sends any body as a webhook of an account, with its credentials and to its URL.
   *
   * @throws Error if the account does not exist. Error like `press()`.
   */
  postWebhook(account: string, body: JsonObject, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.field.inboundTraffic.post(account, body, options);
  }

  /**
   * Simulates a reply with something other than a press or a text: the response of a form, a location, a contact, a
   * call permission, a picture. Adds it to the message's `answers`, then sends the webhook.
   *
   * @param content What is sent, as with `write()`.
   * @throws Error like `press()`. Error if the provider documents no callback for the content.
   *
   * @example
   * await simulator.reply(id, { type: 'flow', response: { flow_token: 'token', day: 'monday' } });
   * await simulator.reply(id, { type: 'location', latitude: -23.55, longitude: -46.63 });
   */
  reply(messageId: string, content: ReplyContent, options?: ReplyOptions): Promise<WebhookAnswer> {
    return this.field.recipient.reply(messageId, content, options);
  }

  /**
   * Simulates the echo of an account's own message: Z-API with `notifySentByMe` (`fromMe`, `fromApi`), Chatvolt's
   * `AGENT_MESSAGE_SENDED`, the Cloud API's `smb_message_echoes`.
   *
   * @throws Error like `press()`.
   */
  echo(messageId: string, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.field.recipient.echo(messageId, options);
  }

  /**
   * Sends automatic callbacks for the next accepted messages of an account. With `when`, they arrive before the
   * response to the message, as slow responses cause it. They are sent even if a fault drops the response. Errors are
   * events.
   *
   * @throws Error if the account does not exist. RangeError if `times` is less than 1.
   *
   * @example
   * simulator.callBack('z-api', [{ kind: 'deliver', status: 'delivered' }, { kind: 'press', button: 'Yes' }], {
   *   when: 'before-answer',
   * });
   */
  callBack(account: string, callbacks: readonly SendCallback[], options: SendCallbackOptions = {}): void {
    this.field.accounts.simulationOf(account);
    this.field.callbacks.add(account, callbacks, options);
  }

  /**
   * Restricts an account like WhatsApp does: its messages are accepted, and then rejected by a callback. Until
   * `heal()`.
   *
   * @param reason By default, Z-API's `Whatsapp rejected sending this message` and the Cloud API's 131031.
   * @throws Error if the account does not exist.
   */
  shadowBan(account: string, reason?: string | DeliveryFailure): void {
    const { name } = this.field.accounts.simulationOf(account);
    const cloud = { text: 'Business Account locked', code: 131031 };
    const given = reason ?? (name === 'whatsapp-cloud' ? cloud : zApiDeliveryErrors.rejected);
    const refused: SendCallback = { kind: 'deliver', status: 'failed', reason: given };
    this.field.callbacks.add(account, [refused], { times: Number.POSITIVE_INFINITY });
  }
}
