import { IsIn } from 'class-validator';
import { IsHttpUrl, IsText, Nested } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { FramedInteractiveDto } from './interactive.dto.js';

/** The text and URL of a link button. @publicApi */
export class CtaUrlParametersDto {
  /** The text of the button, 1–20 characters. */
  @IsText('buttonTitle')
  display_text!: string;

  @IsHttpUrl()
  @IsText()
  url!: string;
}

/** The link button of a `cta_url`. @publicApi */
export class CtaUrlActionDto {
  @IsIn(['cta_url'])
  name!: 'cta_url';

  @Nested(() => CtaUrlParametersDto)
  parameters!: CtaUrlParametersDto;
}

/** The content of a message with a link button. @publicApi */
export class CtaUrlInteractiveDto extends FramedInteractiveDto {
  @IsIn(['cta_url'])
  type!: 'cta_url';

  @Nested(() => CtaUrlActionDto)
  action!: CtaUrlActionDto;
}

/**
 * An interactive message with one link button.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-cta-url-messages
 *
 * @publicApi
 */
export class SendCtaUrlDto extends CloudMessageDto {
  @Nested(() => CtaUrlInteractiveDto)
  interactive!: CtaUrlInteractiveDto;
}
