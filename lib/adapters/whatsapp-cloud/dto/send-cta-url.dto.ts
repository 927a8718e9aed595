import { IsIn } from 'class-validator';
import { IsHttpUrl, IsText, MaxCharacters, Nested } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { FramedInteractiveDto } from './interactive.dto.js';

/** Its words and its address. */
export class CtaUrlParametersDto {
  /** The words on the button, 1–20 characters. */
  @MaxCharacters('buttonTitle')
  @IsText()
  display_text!: string;

  @IsHttpUrl()
  @IsText()
  url!: string;
}

/** The one button of a `cta_url`. */
export class CtaUrlActionDto {
  @IsIn(['cta_url'])
  name!: 'cta_url';

  @Nested(() => CtaUrlParametersDto)
  parameters!: CtaUrlParametersDto;
}

export class CtaUrlInteractiveDto extends FramedInteractiveDto {
  @IsIn(['cta_url'])
  type!: 'cta_url';

  @Nested(() => CtaUrlActionDto)
  action!: CtaUrlActionDto;
}

/** An interactive message with one button that opens an address. Source: WhatsApp Cloud API, interactive CTA URL. */
export class SendCtaUrlDto extends CloudMessageDto {
  @Nested(() => CtaUrlInteractiveDto)
  interactive!: CtaUrlInteractiveDto;
}
