import { IsMedia, IsText, MaxCharacters, Optional } from '../../../validation/index.js';
import { ZApiMessageDto } from './z-api-message.dto.js';

/** `POST send-button-otp`: a text with a button that copies a code. */
export class SendButtonOtpDto extends ZApiMessageDto {
  /** 1–1,024 characters. */
  @MaxCharacters('body')
  @IsText()
  message!: string;

  /** What the button copies. */
  @IsText()
  code!: string;

  /** An http(s) link or a data URI. */
  @Optional()
  @IsMedia('image')
  @IsText()
  image?: string;

  /** The words on the button, 1–20 characters; Z-API has its own where they are left out. */
  @Optional()
  @MaxCharacters('buttonTitle')
  @IsText()
  buttonText?: string;
}
