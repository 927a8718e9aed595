/** What an example takes for granted in a controller with documents. */
import type { ButtonMessagingService } from 'nestjs-button-messaging';

export { Body, Post, UseFilters } from '@nestjs/common';
export { ApiExcludeController } from '@nestjs/swagger';
export {
  ButtonMessageDto,
  ButtonMessagingExceptionFilter,
  ButtonMessagingModule,
  ButtonMessagingValidationPipe,
} from 'nestjs-button-messaging';

export declare class Surroundings {
  protected readonly messaging: ButtonMessagingService;
}
