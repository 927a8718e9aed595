/** What an example takes for granted where it sends something. */
import type { Logger } from '@nestjs/common';
import type { ButtonMessage, ButtonMessagingService } from 'nestjs-button-messaging';

export { ButtonMessagingError, ButtonMessagingModule, WindowClosedError } from 'nestjs-button-messaging';

export declare const messaging: ButtonMessagingService;
export declare const message: ButtonMessage;
export declare const messages: AsyncIterable<ButtonMessage>;
export declare const id: string;
export declare const logger: Logger;
export declare function tryLater(message: ButtonMessage): Promise<void>;
export declare function notifyOperator(id: string, code: string): Promise<void>;
