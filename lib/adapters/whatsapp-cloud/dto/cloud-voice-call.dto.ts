import { IsIn } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsText, IsWholeNumber, Nested, Optional } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { FramedInteractiveDto } from './interactive.dto.js';

/** The call button. @publicApi */
export class CloudVoiceCallParametersDto {
  /** The text of the button, 1–20 characters. @default 'Call Now' */
  @Optional()
  @IsText('buttonTitle')
  display_text?: string;

  /** How long the button works, in minutes, 1–43,200. @default 10,080 */
  @Optional()
  @IsWholeNumber(1, FIXED_LIMITS.voiceCall.minutes)
  ttl_minutes?: number;

  /** Returned in the webhook of the call, at most 512 characters. */
  @Optional()
  @IsText(FIXED_LIMITS.voiceCall.payload)
  payload?: string;
}

/** The call button of a `voice_call`. @publicApi */
export class CloudVoiceCallActionDto {
  @IsIn(['voice_call'])
  name!: 'voice_call';

  @Optional()
  @Nested(() => CloudVoiceCallParametersDto)
  parameters?: CloudVoiceCallParametersDto;
}

/** The content of a message with a call button. @publicApi */
export class CloudVoiceCallInteractiveDto extends FramedInteractiveDto {
  @IsIn(['voice_call'])
  type!: 'voice_call';

  @Nested(() => CloudVoiceCallActionDto)
  action!: CloudVoiceCallActionDto;
}

/**
 * An interactive message whose button calls the business by WhatsApp, not by a phone line.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-button-messages-deep-links
 *
 * @publicApi
 */
export class CloudVoiceCallDto extends CloudMessageDto {
  @Nested(() => CloudVoiceCallInteractiveDto)
  interactive!: CloudVoiceCallInteractiveDto;
}
