/** What an example takes for granted where it uses the queue. */
import type { Logger } from '@nestjs/common';
import type { ButtonMessage } from 'nestjs-button-messaging';
import type { ButtonMessagingQueue } from 'nestjs-button-messaging/queue';

export declare const message: ButtonMessage;
export declare const messages: AsyncIterable<ButtonMessage>;
export declare const appointment: { id: string };

export declare class Surroundings {
  protected readonly queue: ButtonMessagingQueue;
  protected readonly logger: Logger;
}
