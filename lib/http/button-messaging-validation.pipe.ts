import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { ConversationMessageDto } from '../providers/chatvolt/dto/conversation-message.dto.js';
import { CloudMessageDto } from '../providers/whatsapp-cloud/dto/cloud-message.dto.js';
import { type DtoClass, DtoValidator } from '../validation/index.js';

/** Their providers enforce WhatsApp's limits themselves, whatever the module's `limits` say. */
const WITH_LIMITS_OF_THEIR_OWN = [ConversationMessageDto, CloudMessageDto];

/**
 * Validates this package's DTOs with the module's own limits and reports paths as `buttonActions[1].url`; everything
 * else passes untouched. Nest's `ValidationPipe` works as well, with the default limits.
 *
 * @throws InvalidMessageError with all faults; `ButtonMessagingExceptionFilter` answers 400.
 *
 * @example
 * \@Post()
 * send(@Body(ButtonMessagingValidationPipe) message: ButtonMessageDto) { … }
 */
@Injectable()
export class ButtonMessagingValidationPipe implements PipeTransform {
  constructor(
    private readonly validator: DtoValidator,
    private readonly config: ButtonMessagingConfig,
  ) {}

  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    if (!isClass(metatype) || !this.validator.hasRules(metatype)) return value;
    const ownLimits = WITH_LIMITS_OF_THEIR_OWN.some((base) => metatype.prototype instanceof base);
    const issues = this.validator.validate(metatype, value, ownLimits ? undefined : this.config.limits);
    if (issues.length > 0) throw new InvalidMessageError(issues);
    return value;
  }
}

function isClass(metatype: unknown): metatype is DtoClass {
  return typeof metatype === 'function' && ![String, Number, Boolean, Array, Object].some((type) => type === metatype);
}
