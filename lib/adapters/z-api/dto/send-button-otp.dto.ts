import { IsMedia, IsText, Optional } from '../../../validation/index.js';
import { ZApiMessageDto } from './z-api-message.dto.js';

/**
 * `POST send-button-otp`: a text with a copy button.
 *
 * @see https://developer.z-api.io/en/message/send-button-otp
 *
 * @publicApi
 */
export class SendButtonOtpDto extends ZApiMessageDto {
  /** 1–1,024 characters. */
  @IsText('body')
  message!: string;

  /** The text that the button copies. */
  @IsText()
  code!: string;

  /** A URL or data URI. */
  @Optional()
  @IsMedia('image')
  @IsText()
  image?: string;

  /** The text of the button, 1–20 characters. @default Z-API's own text. */
  @Optional()
  @IsText('buttonTitle')
  buttonText?: string;
}
