import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { MessageDtoValidator } from './message-dto.validator.js';
import { isDtoClass } from './nested-class.js';

/**
 * Validates DTOs of this package with the module's limits, and reports paths such as `buttonActions[1].url`. It also
 * validates subclasses and mapped types with your own rules, and DTOs inside your classes, as `message.buttons[1].url`.
 * Other values are not changed. Nest's `ValidationPipe` works as well, with the default limits.
 *
 * Use it on a parameter, route or controller, or globally: by class, by `app.get()`, and as `APP_PIPE`. Created by
 * `new` without a configuration, it has the default limits.
 *
 * @throws InvalidMessageError with all issues. `ButtonMessagingExceptionFilter` responds with 400.
 *
 * @example
 * \@Post()
 * send(@Body(ButtonMessagingValidationPipe) message: ButtonMessageDto) { … }
 *
 * @publicApi
 */
@Injectable()
export class ButtonMessagingValidationPipe implements PipeTransform {
  private readonly validator: MessageDtoValidator;

  /** @param config The configuration with the limits. Without it, WhatsApp's limits apply. */
  constructor(config?: ButtonMessagingConfig) {
    this.validator = new MessageDtoValidator(config?.limits);
  }

  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    if (!isDtoClass(metatype) || !this.validator.mayContainDto(metatype)) return value;
    const issues = this.validator.issuesOf(metatype, value);
    return Array.isArray(issues) ? passed(value, issues) : issues.then((found) => passed(value, found));
  }
}

/** Returns the value, if it has no issues. @throws InvalidMessageError with the issues. */
function passed(value: unknown, issues: readonly Issue[]): unknown {
  if (issues.length > 0) throw new InvalidMessageError(issues);
  return value;
}
