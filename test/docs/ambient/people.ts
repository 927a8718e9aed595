/** What an example takes for granted where people are named. */
import type { EventSender } from 'nestjs-button-messaging';

export {
  ButtonMessagingModule,
  type EventSender,
  type IdentityEvent,
  type MessageRecipient,
  OnIdentityChange,
  recipientKey,
} from 'nestjs-button-messaging';

export declare class Surroundings {
  protected readonly customers: { rename(previous: EventSender, current: EventSender): Promise<void> };
}
