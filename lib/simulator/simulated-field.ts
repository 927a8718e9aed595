import type {
  NewChatvoltAccount,
  NewSimulatedAccount,
  NewWhatsAppCloudAccount,
  NewZApiAccount,
  SimulatedAccountChange,
} from './accounts/new-account.interface.js';
import type { SendCallback, SendCallbackOptions } from './callbacks/send-callback.interface.js';
import type { AccountNews } from './inbound/account-news.interface.js';
import type { BurstOptions, InboundEnvelope, InboundMessage, WebhookOptions } from './inbound/inbound.interface.js';
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
 * What happens around the messages that were sent: who the people are, what they send by themselves, which accounts
 * there are, and what becomes of those. The part of `GatewaySimulator` that plays the field.
 */
export abstract class SimulatedField {
  /** @hidden */
  protected constructor(private readonly field: SimulatorParts) {}

  /**
   * Opens a further account, with credentials of its own, which a request must bring. Its webhooks go to
   * `{url}/{provider}/{name}`.
   *
   * @throws TypeError if the name or the credentials are another account's, or are no texts
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
   * Gives an account other credentials, as when a token is revoked or replaced. The old ones are refused from now on.
   *
   * @throws Error if there is no such account; TypeError as `addAccount()` does
   */
  changeAccount(name: string, change: SimulatedAccountChange): SimulatedAccount {
    return this.field.accounts.change(name, change);
  }

  /**
   * Closes an account. Its requests are refused from now on, and nothing can be told of its messages any more.
   *
   * @throws Error if there is no such account
   */
  removeAccount(name: string): void {
    this.field.accounts.remove(name);
  }

  /**
   * Introduces a person: which number, lid, user id and user name belong together, and how webhooks name the person.
   * What was known of the same phone, lid or user id is kept, but for what is given anew. A person who was not introduced
   * is made up of the number, and shows it.
   *
   * @throws TypeError if neither a phone nor a lid nor a user id is given, or one has another form
   * @example
   * simulator.addPerson({ phone: '5511988880001', userId: 'BR.1A2B3C', username: 'ana', shows: 'ids' });
   */
  addPerson(person: NewSimulatedPerson): SimulatedPerson {
    return this.field.people.add(person);
  }

  /** Those who were introduced. */
  people(): SimulatedPerson[] {
    return this.field.people.list();
  }

  /**
   * A person writes to an account, whether or not anything was sent to them before: a text, a voice note, a reaction, an
   * edit; in private, in a group or in a channel.
   *
   * @param account the account's name
   * @throws Error if there is no such account, if the provider documents no callback for it, and as `press()` does
   * @example
   * await simulator.write('whatsapp-cloud', { from: '5511988880001', type: 'audio' });
   * await simulator.write('z-api', { from: { lid: '81000000000011@lid' }, type: 'text', text: 'Hi' }, { times: 2 });
   */
  write(account: string, message: InboundMessage, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.field.correspondence.write(account, message, options);
  }

  /**
   * A person writes several texts in quick succession. Chatvolt joins them to one event, with a blank line between; the
   * others post each, all at once; the Cloud API may put them `together` into one POST.
   *
   * @throws Error as `write()` does
   */
  burst(
    account: string,
    envelope: InboundEnvelope,
    texts: readonly string[],
    options?: BurstOptions,
  ): Promise<WebhookAnswer[]> {
    return this.field.correspondence.burst(account, envelope, texts, options);
  }

  /**
   * Something happens to an account: it is disconnected, restricted, one of its templates is refused, …
   *
   * @throws Error if there is no such account, if the provider documents no callback for it, and as `press()` does
   * @example
   * await simulator.announce('whatsapp-cloud', { type: 'restricted' });
   * await simulator.announce('z-api', { type: 'disconnected' });
   */
  announce(account: string, news: AccountNews, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.field.correspondence.announce(account, news, options);
  }

  /**
   * Posts any body as a webhook of an account, with its credentials and at its address.
   *
   * @throws Error if there is no such account, and as `press()` does
   */
  postWebhook(account: string, body: JsonObject, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.field.correspondence.post(account, body, options);
  }

  /**
   * An account hears of its own message, as Z-API tells if `notifySentByMe` is on (`fromMe`, `fromApi`), Chatvolt by
   * `AGENT_MESSAGE_SENDED`, and the Cloud API by `smb_message_echoes`.
   *
   * @throws Error as `press()` does
   */
  echo(messageId: string, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.field.recipient.echo(messageId, options);
  }

  /**
   * Lets callbacks follow the next accepted messages of an account by themselves; before their own answers, if
   * `when` says so, as it happens when the answer takes longer than the network. Also when a fault lets the answer be
   * lost. What cannot be told is in the events.
   *
   * @throws Error if there is no such account; RangeError if `times` is less than 1
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
   * Restricts an account as WhatsApp does without a word: what it sends is accepted, and refused by a callback
   * afterwards. Until `heal()`.
   *
   * @param reason default: Z-API's `Whatsapp rejected sending this message`; the Cloud API's 131031
   * @throws Error if there is no such account
   */
  shadowBan(account: string, reason?: string | DeliveryFailure): void {
    const { name } = this.field.accounts.simulationOf(account);
    const cloud = { text: 'Business Account locked', code: 131031 };
    const given = reason ?? (name === 'whatsapp-cloud' ? cloud : zApiDeliveryErrors.rejected);
    const refused: SendCallback = { kind: 'deliver', status: 'failed', reason: given };
    this.field.callbacks.add(account, [refused], { times: Number.POSITIVE_INFINITY });
  }
}
