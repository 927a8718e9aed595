import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';

/** The types of callbacks with their own URL, as `GET /me` names them. */
export const CALLBACK_ADDRESSES = [
  'connectedCallbackUrl',
  'deliveryCallbackUrl',
  'disconnectedCallbackUrl',
  'messageStatusCallbackUrl',
  'presenceChatCallbackUrl',
  'receivedCallbackUrl',
  'receivedAndDeliveryCallbackUrl',
] as const;

export type CallbackAddress = (typeof CALLBACK_ADDRESSES)[number];

/** The URLs of a callback by its `type`: the first that is set. */
const ADDRESSES_OF_TYPES: ReadonlyMap<unknown, readonly CallbackAddress[]> = new Map<unknown, CallbackAddress[]>([
  ['ReceivedCallback', ['receivedAndDeliveryCallbackUrl', 'receivedCallbackUrl']],
  ['DeliveryCallback', ['deliveryCallbackUrl']],
  ['MessageStatusCallback', ['messageStatusCallbackUrl']],
  ['ConnectedCallback', ['connectedCallbackUrl']],
  ['DisconnectedCallback', ['disconnectedCallbackUrl']],
  ['PresenceChatCallback', ['presenceChatCallbackUrl']],
]);

/** A message that waits until its instance is connected. */
export type QueuedDraft = Pick<AcceptedMessage, 'id' | 'to' | 'text' | 'zaapId' | 'body'>;

/** The state of an instance. */
export class InstanceState {
  isConnected = true;
  tellsSentByMe = false;
  readonly addresses = new Map<CallbackAddress, string>();
  /** Oldest first. */
  queue: readonly { readonly message: QueuedDraft; readonly at: Date }[] = [];

  /** Returns the URL for a callback, or undefined if none is set. */
  addressFor({ type }: JsonObject): string | undefined {
    const address = ADDRESSES_OF_TYPES.get(type)?.find((known) => this.addresses.has(known));
    return address && this.addresses.get(address);
  }
}

/** The states of instances, by account name. */
export class ZApiInstances {
  private readonly states = new Map<string, InstanceState>();

  of(account: string): InstanceState {
    const state = this.states.get(account) ?? new InstanceState();
    this.states.set(account, state);
    return state;
  }
}
