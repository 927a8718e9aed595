/** What an example takes for granted where it follows a message. */
import type { Logger } from '@nestjs/common';
import type { ButtonMessage, ButtonMessagingEvents, ButtonMessagingService } from 'nestjs-button-messaging';

export declare const messaging: ButtonMessagingService;
export declare const events: ButtonMessagingEvents;
export declare const message: ButtonMessage;
export declare const logger: Logger;
