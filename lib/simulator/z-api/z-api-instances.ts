import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';

/** The kinds of callback that have an address of their own, as `GET /me` names them. */
export type CallbackAddress =
  | 'connectedCallbackUrl'
  | 'deliveryCallbackUrl'
  | 'disconnectedCallbackUrl'
  | 'messageStatusCallbackUrl'
  | 'presenceChatCallbackUrl'
  | 'receivedCallbackUrl'
  | 'receivedAndDeliveryCallbackUrl';

/** A message that waits for its instance to be connected again. */
export type QueuedDraft = Pick<AcceptedMessage, 'id' | 'to' | 'text' | 'zaapId' | 'body'>;

/** How one instance stands. */
export interface InstanceState {
  isConnected: boolean;
  tellsSentByMe: boolean;
  readonly addresses: Map<CallbackAddress, string>;
  /** Oldest first. */
  queue: { readonly message: QueuedDraft; readonly at: Date }[];
}

/** How the instances stand, by their account's name. */
export class ZApiInstances {
  private readonly states = new Map<string, InstanceState>();

  of(account: string): InstanceState {
    const state = this.states.get(account) ?? {
      isConnected: true,
      tellsSentByMe: false,
      addresses: new Map<CallbackAddress, string>(),
      queue: [],
    };
    this.states.set(account, state);
    return state;
  }

  /** The address that an instance has asked for a callback; undefined if it asked for none. */
  addressFor(account: string, body: JsonObject): string | undefined {
    const { addresses } = this.of(account);
    switch (body.type) {
      case 'ReceivedCallback':
        return addresses.get('receivedAndDeliveryCallbackUrl') ?? addresses.get('receivedCallbackUrl');
      case 'DeliveryCallback':
        return addresses.get('deliveryCallbackUrl');
      case 'MessageStatusCallback':
        return addresses.get('messageStatusCallbackUrl');
      case 'ConnectedCallback':
        return addresses.get('connectedCallbackUrl');
      case 'DisconnectedCallback':
        return addresses.get('disconnectedCallbackUrl');
      case 'PresenceChatCallback':
        return addresses.get('presenceChatCallbackUrl');
      default:
        return undefined;
    }
  }
}
