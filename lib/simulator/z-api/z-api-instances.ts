import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';

/** The types of callbacks with their own URL, as `GET /me` names them. */
export type CallbackAddress =
  | 'connectedCallbackUrl'
  | 'deliveryCallbackUrl'
  | 'disconnectedCallbackUrl'
  | 'messageStatusCallbackUrl'
  | 'presenceChatCallbackUrl'
  | 'receivedCallbackUrl'
  | 'receivedAndDeliveryCallbackUrl';

/** A message that waits until its instance is connected. */
export type QueuedDraft = Pick<AcceptedMessage, 'id' | 'to' | 'text' | 'zaapId' | 'body'>;

/** The state of an instance. */
export interface InstanceState {
  isConnected: boolean;
  tellsSentByMe: boolean;
  readonly addresses: Map<CallbackAddress, string>;
  /** Oldest first. */
  queue: { readonly message: QueuedDraft; readonly at: Date }[];
}

/** The states of instances, by account name. */
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

  /** Returns the instance's URL for a callback, or undefined if none is set. */
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
