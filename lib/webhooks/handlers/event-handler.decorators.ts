import type { ProviderName } from '../../config/accounts/account-options.interface.js';
import type {
  AccountEvent,
  ButtonReplyEvent,
  ConnectionEvent,
  IdentityEvent,
  InboundMessageEvent,
  MessageStatusEvent,
  OtherEvent,
  OutcomeSettledEvent,
  TextMessageEvent,
} from '../../events/messaging-event.interface.js';
import { HANDLER_METADATA, type HandlerMetadata } from './handler-metadata.js';

/** Filters the button replies of a handler. @publicApi */
export interface ButtonReplyFilter {
  /** The button's ID, or a pattern that it matches. */
  buttonId?: string | RegExp;
  /** The name of the account. */
  account?: string;
  /** The provider of the account. */
  provider?: ProviderName;
}

/**
 * Decorates a method that receives events. The compiler checks the type of the method's first parameter. The method may
 * have no parameter. Other parameters need a decorator made by Nest's `createParamDecorator`.
 *
 * @throws TypeError if it decorates anything but an instance method.
 *
 * @publicApi
 */
export interface HandlerDecorator<Event> {
  (
    target: object,
    method: string | symbol,
    descriptor: { value?: (event: Event, ...others: never[]) => unknown },
  ): void;
  // Never called. Nest's `applyDecorators` accepts only decorators with this signature.
  (this: never, target: object, property: string | symbol): void;
}

/**
 * Calls the method with a `ButtonReplyEvent` when a person presses a reply button, chooses from a list, or types the
 * title or number of a button. It works on methods of providers and controllers. Guards, pipes, interceptors, filters
 * and request-scoped providers work as in controllers. Errors are logged, and affect neither other handlers nor the
 * response to the provider.
 *
 * @example
 * \@OnButtonReply('confirm')
 * async confirmed({ from, sent }: ButtonReplyEvent) { … }
 *
 * \@OnButtonReply(/^slot-/)
 * async slotChosen({ button }: ButtonReplyEvent) { … }
 *
 * @publicApi
 */
export function OnButtonReply(filter: string | RegExp | ButtonReplyFilter = {}): HandlerDecorator<ButtonReplyEvent> {
  const isId = typeof filter === 'string' || filter instanceof RegExp;
  return handles({ kind: 'button-reply', filter: isId ? { buttonId: filter } : filter });
}

/** Calls the method with a `MessageStatusEvent` when a message has a new status. See `OnButtonReply`. @publicApi */
export function OnMessageStatus(): HandlerDecorator<MessageStatusEvent> {
  return handles({ kind: 'message-status', filter: {} });
}

/**
 * Calls the method with a `ConnectionEvent` when an account connects or disconnects. See `OnButtonReply`.
 *
 * @publicApi
 */
export function OnConnectionChange(): HandlerDecorator<ConnectionEvent> {
  return handles({ kind: 'connection', filter: {} });
}

/**
 * Calls the method with a `TextMessageEvent` when a person types a text that matches no button. See `OnButtonReply`.
 *
 * @publicApi
 */
export function OnTextMessage(): HandlerDecorator<TextMessageEvent> {
  return handles({ kind: 'text-message', filter: {} });
}

/**
 * Calls the method with every inbound message: `InboundMessageEvent`, `TextMessageEvent` or `ButtonReplyEvent`. With a
 * type, it calls the method only with the `InboundMessageEvent`s of that type. See `OnButtonReply`.
 *
 * @example
 * \@OnMessage('audio')
 * async spoken({ from, media }: InboundMessageEvent) { … }
 *
 * @publicApi
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
 * Calls the method with an `InboundMessageEvent` of type `flow` when a person submits a form. See `OnButtonReply`.
 *
 * @param name Only forms with this `nfm_reply.name`.
 *
 * @publicApi
 */
export function OnFlowReply(name?: string): HandlerDecorator<InboundMessageEvent> {
  return handles({ kind: 'message', filter: {}, types: ['flow'], ...(name !== undefined && { flow: name }) });
}

/**
 * Calls the method with an `AccountEvent` when an account changes, for example its limits. See `OnButtonReply`.
 *
 * @publicApi
 */
export function OnAccountEvent(): HandlerDecorator<AccountEvent> {
  return handles({ kind: 'account', filter: {} });
}

/**
 * Calls the method with an `IdentityEvent` when a person's phone number or ID changes. See `OnButtonReply`.
 *
 * @publicApi
 */
export function OnIdentityChange(): HandlerDecorator<IdentityEvent> {
  return handles({ kind: 'identity', filter: {} });
}

/**
 * Calls the method with an `OtherEvent` for every authentic webhook of another kind. See `OnButtonReply`.
 *
 * @publicApi
 */
export function OnOtherEvent(): HandlerDecorator<OtherEvent> {
  return handles({ kind: 'other', filter: {} });
}

/**
 * Calls the method with an `OutcomeSettledEvent` when an unknown outcome becomes known. See `OnButtonReply`.
 *
 * @publicApi
 */
export function OnOutcomeSettled(): HandlerDecorator<OutcomeSettledEvent> {
  return handles({ kind: 'outcome-settled', filter: {} });
}

function handles(metadata: HandlerMetadata): HandlerDecorator<never> {
  return (target: object, method: string | symbol, descriptor?: { value?: unknown }) => {
    const handler = descriptor?.value;
    if (typeof target === 'function' || typeof handler !== 'function' || typeof method === 'symbol') {
      const place = typeof target === 'function' ? `${target.name}.` : `${target.constructor.name}.`;
      throw new TypeError(
        `${place}${String(method)} cannot be a handler. Decorate an instance method, ` +
          'not a static method, a method named by a symbol, or a property with a function.',
      );
    }
    const before: HandlerMetadata[] = Reflect.getOwnMetadata(HANDLER_METADATA, handler) ?? [];
    Reflect.defineMetadata(HANDLER_METADATA, [...before, metadata], handler);
  };
}
