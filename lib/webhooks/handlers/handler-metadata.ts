import type {
  ButtonReplyEvent,
  InboundMessageEvent,
  MessagingEvent,
  OutcomeSettledEvent,
} from '../../events/messaging-event.interface.js';
import type { ButtonReplyFilter } from './event-handler.decorators.js';

/** An event that handlers receive. */
export type HandledEvent = MessagingEvent | OutcomeSettledEvent;

/** The subscription of a handler method. */
export interface HandlerMetadata {
  /** `any-message` subscribes to all inbound messages: texts, presses and all others. */
  kind: HandledEvent['kind'] | 'any-message';
  filter: ButtonReplyFilter;
  /** Only messages of these types. */
  types?: readonly string[];
  /** Only forms with this name. */
  flow?: string;
}

export const HANDLER_METADATA = 'nestjs-button-messaging:handlers';

const INBOUND: readonly HandledEvent['kind'][] = ['text-message', 'button-reply', 'message'];

/** Checks if a handler subscribes to an event. */
export function accepts(metadata: readonly HandlerMetadata[], event: HandledEvent): boolean {
  return metadata.some((each) => isWanted(each, event));
}

function isWanted(metadata: HandlerMetadata, event: HandledEvent): boolean {
  const { kind, filter } = metadata;
  if (kind === 'any-message') return INBOUND.includes(event.kind);
  if (event.kind !== kind) return false;
  if (event.kind === 'message') return isWantedMessage(metadata, event);
  return event.kind !== 'button-reply' || passes(filter, event);
}

function isWantedMessage({ types, flow }: HandlerMetadata, event: InboundMessageEvent): boolean {
  if (types && !types.includes(event.type)) return false;
  return flow === undefined || event.flow?.name === flow;
}

function passes({ buttonId, account, provider }: ButtonReplyFilter, event: ButtonReplyEvent): boolean {
  if (account !== undefined && account !== event.account) return false;
  if (provider !== undefined && provider !== event.provider) return false;
  if (buttonId === undefined) return true;
  // A copy, because a RegExp with the flag g or y has state.
  return typeof buttonId === 'string' ? buttonId === event.button.id : new RegExp(buttonId).test(event.button.id);
}
