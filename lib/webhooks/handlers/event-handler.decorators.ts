import type { ProviderName } from '../../config/accounts/account-options.interface.js';
import type {
  AccountEvent,
  ButtonReplyEvent,
  ConnectionEvent,
  IdentityEvent,
  InboundMessageEvent,
  MessageStatusEvent,
  MessagingEvent,
  OtherEvent,
  OutcomeSettledEvent,
  TextMessageEvent,
} from '../../events/messaging-event.interface.js';

/** Which button replies a handler wants. A string or a RegExp is held against the button's id. */
export interface ButtonReplyFilter {
  /** The button's id, or what it looks like. */
  buttonId?: string | RegExp;
  /** The account's name. */
  account?: string;
  /** Any account of this provider. */
  provider?: ProviderName;
}

/** What a handler method is for. */
export interface HandlerMetadata {
  /** `any-message` is every inbound message: texts, presses and all others. */
  kind: MessagingEvent['kind'] | 'outcome-settled' | 'any-message';
  filter: ButtonReplyFilter;
  /** Of messages: only these types. */
  types?: readonly string[];
  /** Of filled forms: only those of this name. */
  flow?: string;
}

export const HANDLER_METADATA = 'nestjs-button-messaging:handlers';

/**
 * Decorates a method that gets events. The compiler checks that the method's first parameter can be such an event; the
 * method may also have none. Further parameters need a decorator made by Nest's `createParamDecorator`.
 *
 * @throws TypeError if it decorates anything but a method of instances.
 */
export interface HandlerDecorator<Event> {
  (
    target: object,
    method: string | symbol,
    descriptor: { value?: (event: Event, ...others: never[]) => unknown },
  ): void;
  // Nothing can call it: it is there for Nest's applyDecorators, which takes the decorator for its sake.
  (this: never, target: object, property: string | symbol): void;
}

/**
 * Calls the method with a `ButtonReplyEvent` when a person presses a reply button, chooses from a list, or types an
 * answer that means one. Works on the methods of any provider and controller; guards, pipes, interceptors, filters and
 * request-scoped providers work as in controllers. What it throws is logged, and harms neither other handlers nor the
 * response to the provider.
 *
 * @example
 * \@OnButtonReply('confirm')
 * async confirmed({ from, sent }: ButtonReplyEvent) { … }
 *
 * \@OnButtonReply(/^slot-/)
 * async slotChosen({ button }: ButtonReplyEvent) { … }
 */
export function OnButtonReply(filter: string | RegExp | ButtonReplyFilter = {}): HandlerDecorator<ButtonReplyEvent> {
  const isId = typeof filter === 'string' || filter instanceof RegExp;
  return handles({ kind: 'button-reply', filter: isId ? { buttonId: filter } : filter });
}

/** Calls the method with a `MessageStatusEvent` when something has become of messages. See `OnButtonReply`. */
export function OnMessageStatus(): HandlerDecorator<MessageStatusEvent> {
  return handles({ kind: 'message-status', filter: {} });
}

/** Calls the method with a `ConnectionEvent` when an account loses or finds its connection. See `OnButtonReply`. */
export function OnConnectionChange(): HandlerDecorator<ConnectionEvent> {
  return handles({ kind: 'connection', filter: {} });
}

/** Calls the method with a `TextMessageEvent` when somebody writes words that mean no button. See `OnButtonReply`. */
export function OnTextMessage(): HandlerDecorator<TextMessageEvent> {
  return handles({ kind: 'text-message', filter: {} });
}

/**
 * Calls the method with every inbound message: an `InboundMessageEvent`, a `TextMessageEvent` or a `ButtonReplyEvent`;
 * with a type, only with the `InboundMessageEvent`s of that type. See `OnButtonReply`.
 *
 * @example
 * \@OnMessage('audio')
 * async spoken({ from, media }: InboundMessageEvent) { … }
 */
export function OnMessage(): HandlerDecorator<InboundMessageEvent | TextMessageEvent | ButtonReplyEvent>;
export function OnMessage(
  type: InboundMessageEvent['type'] | readonly InboundMessageEvent['type'][],
): HandlerDecorator<InboundMessageEvent>;
export function OnMessage(
  type?: InboundMessageEvent['type'] | readonly InboundMessageEvent['type'][],
): HandlerDecorator<never> {
  if (type === undefined) return handles({ kind: 'any-message', filter: {} });
  return handles({ kind: 'message', filter: {}, types: [type].flat() });
}

/**
 * Calls the method with an `InboundMessageEvent` of the type `flow` when somebody sends a filled form. See
 * `OnButtonReply`.
 *
 * @param name Only forms of this name, as `nfm_reply.name` says it.
 */
export function OnFlowReply(name?: string): HandlerDecorator<InboundMessageEvent> {
  return handles({ kind: 'message', filter: {}, types: ['flow'], ...(name !== undefined && { flow: name }) });
}

/** Calls the method with an `AccountEvent` when something happens to an account itself. See `OnButtonReply`. */
export function OnAccountEvent(): HandlerDecorator<AccountEvent> {
  return handles({ kind: 'account', filter: {} });
}

/** Calls the method with an `IdentityEvent` when somebody's number or id changes. See `OnButtonReply`. */
export function OnIdentityChange(): HandlerDecorator<IdentityEvent> {
  return handles({ kind: 'identity', filter: {} });
}

/** Calls the method with an `OtherEvent` for every authentic webhook that is nothing else. See `OnButtonReply`. */
export function OnOtherEvent(): HandlerDecorator<OtherEvent> {
  return handles({ kind: 'other', filter: {} });
}

/** Calls the method with an `OutcomeSettledEvent` when an unknown outcome becomes known. See `OnButtonReply`. */
export function OnOutcomeSettled(): HandlerDecorator<OutcomeSettledEvent> {
  return handles({ kind: 'outcome-settled', filter: {} });
}

function handles(metadata: HandlerMetadata): HandlerDecorator<never> {
  return (target: object, method: string | symbol, descriptor?: { value?: unknown }) => {
    const handler = descriptor?.value;
    if (typeof target === 'function' || typeof handler !== 'function' || typeof method === 'symbol') {
      const place = typeof target === 'function' ? `${target.name}.` : `${target.constructor.name}.`;
      throw new TypeError(
        `${place}${String(method)} cannot be a handler: only methods of instances can, ` +
          'neither static methods, nor those that a symbol names, nor properties that hold a function.',
      );
    }
    const before: HandlerMetadata[] = Reflect.getOwnMetadata(HANDLER_METADATA, handler) ?? [];
    Reflect.defineMetadata(HANDLER_METADATA, [...before, metadata], handler);
  };
}
