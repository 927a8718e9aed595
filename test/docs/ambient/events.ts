/** What an example takes for granted where events are handled. */
import type { Logger } from '@nestjs/common';
import type {
  ButtonMessage,
  ButtonMessagingEvents,
  ButtonMessagingService,
  EventSender,
} from 'nestjs-button-messaging';

export {
  type AccountEvent,
  type ButtonReplyEvent,
  type InboundMessageEvent,
  type MessageStatusEvent,
  OnAccountEvent,
  OnButtonReply,
  OnFlowReply,
  OnMessage,
  OnMessageStatus,
  OnOutcomeSettled,
  type OutcomeSettledEvent,
  type TextMessageEvent,
  UnknownOutcomeError,
} from 'nestjs-button-messaging';

export declare const message: ButtonMessage;

export declare class Surroundings {
  protected readonly messaging: ButtonMessagingService;
  protected readonly events: ButtonMessagingEvents;
  protected readonly logger: Logger;
  protected readonly support: {
    forward(from: EventSender, content: string | undefined): Promise<void>;
    markUnknown(sentId: string | undefined): Promise<void>;
    markSent(sentId: string, source: string): Promise<void>;
  };
}
