import type { ProviderName } from '../config/account-options.interface.js';

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
  kind: 'button-reply' | 'message-status' | 'connection' | 'text-message';
  filter: ButtonReplyFilter;
}

export const HANDLER_METADATA = 'nestjs-button-messaging:handlers';
/** Where the parameters of handlers are described, in the form that Nest's external context reads. */
export const HANDLER_PARAMETERS = 'nestjs-button-messaging:parameters';

/**
 * Calls the method with a `ButtonReplyEvent` when somebody presses a reply button, chooses from a list, or types an
 * answer that means one. Works on the methods of any provider and controller; guards, pipes, interceptors and
 * request-scoped providers work as in controllers. What it throws is logged, and harms neither other handlers nor the
 * answer to the provider.
 *
 * @example
 * \@OnButtonReply('confirm')
 * async confirmed({ from, sent }: ButtonReplyEvent) { … }
 *
 * \@OnButtonReply(/^slot-/)
 * async slotChosen({ button }: ButtonReplyEvent) { … }
 */
export function OnButtonReply(filter: string | RegExp | ButtonReplyFilter = {}): MethodDecorator {
  const isId = typeof filter === 'string' || filter instanceof RegExp;
  return handles({ kind: 'button-reply', filter: isId ? { buttonId: filter } : filter });
}

/** Calls the method with a `MessageStatusEvent` when something has become of messages. See `OnButtonReply`. */
export function OnMessageStatus(): MethodDecorator {
  return handles({ kind: 'message-status', filter: {} });
}

/** Calls the method with a `ConnectionEvent` when an account loses or finds its connection. See `OnButtonReply`. */
export function OnConnectionChange(): MethodDecorator {
  return handles({ kind: 'connection', filter: {} });
}

/** Calls the method with a `TextMessageEvent` when somebody writes words that mean no button. See `OnButtonReply`. */
export function OnTextMessage(): MethodDecorator {
  return handles({ kind: 'text-message', filter: {} });
}

function handles(metadata: HandlerMetadata): MethodDecorator {
  return (target, method, descriptor: PropertyDescriptor) => {
    const before: HandlerMetadata[] = Reflect.getMetadata(HANDLER_METADATA, descriptor.value) ?? [];
    Reflect.defineMetadata(HANDLER_METADATA, [...before, metadata], descriptor.value);
    // The event is the first parameter; described so, the method's pipes see it.
    Reflect.defineMetadata(HANDLER_PARAMETERS, { '0:0': { index: 0, pipes: [] } }, target.constructor, method);
  };
}
