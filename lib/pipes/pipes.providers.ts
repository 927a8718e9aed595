import type { Provider } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { ButtonMessagingExceptionFilter } from '../filters/button-messaging-exception.filter.js';
import { ButtonMessagingValidationPipe } from './button-messaging-validation.pipe.js';
import { ValidationPipeIssues } from './validation-pipe-issues.js';

export const HTTP_PROVIDERS: readonly Provider[] = [
  ButtonMessagingValidationPipe,
  ButtonMessagingExceptionFilter,
  {
    provide: ValidationPipeIssues,
    inject: [ApplicationConfig],
    useFactory: (application: ApplicationConfig) => {
      const pipe = new ValidationPipeIssues(application);
      application.addGlobalPipe(pipe);
      return pipe;
    },
  },
];
