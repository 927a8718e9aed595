import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { DtoJudge } from './dto-judge.js';
import { isDtoClass } from './nested-class.js';

/**
 * Validates this package's DTOs with the module's own limits and reports paths as `buttonActions[1].url`. Subclasses and
 * mapped types of them count, with the rules that you add, and so do those that stand within classes of yours, as
 * `message.buttons[1].url`. Everything else passes untouched. Nest's `ValidationPipe` works as well, with the default
 * limits.
 *
 * It works on a parameter, a route, a controller and globally: by class, by `app.get()`, and as `APP_PIPE`. Made by
 * `new` without a configuration it has the default limits.
 *
 * @throws InvalidMessageError with all faults; `ButtonMessagingExceptionFilter` answers 400.
 *
 * @example
 * \@Post()
 * send(@Body(ButtonMessagingValidationPipe) message: ButtonMessageDto) { … }
 */
@Injectable()
export class ButtonMessagingValidationPipe implements PipeTransform {
  private readonly judge: DtoJudge;

  /** @param config Whose `limits` hold. Default: WhatsApp's own. */
  constructor(config?: ButtonMessagingConfig) {
    this.judge = new DtoJudge(config?.limits);
  }

  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    if (!isDtoClass(metatype) || !this.judge.concerns(metatype)) return value;
    const issues = this.judge.issuesOf(metatype, value);
    return Array.isArray(issues) ? passed(value, issues) : issues.then((found) => passed(value, found));
  }
}

/** @throws InvalidMessageError where there are issues. */
function passed(value: unknown, issues: readonly Issue[]): unknown {
  if (issues.length > 0) throw new InvalidMessageError(issues);
  return value;
}
