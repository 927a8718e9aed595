import { IsIn, IsString } from 'class-validator';
import { IsText, IsWellFormed, Optional } from '../../../validation/index.js';
import { ZApiMessageDto } from './z-api-message.dto.js';

/** The types of keys of PIX, the Brazilian instant payment system. @publicApi */
export const PIX_KEY_TYPES = ['CPF', 'CNPJ', 'PHONE', 'EMAIL', 'EVP'] as const;

/**
 * The type of a PIX key.
 *
 * @see https://developer.z-api.io/en/message/send-button-pix
 *
 * @publicApi
 */
export type PixKeyType = (typeof PIX_KEY_TYPES)[number];

/**
 * `POST send-button-pix`: a button that copies a PIX key.
 *
 * @see https://developer.z-api.io/en/message/send-button-pix
 *
 * @publicApi
 */
export class SendButtonPixDto extends ZApiMessageDto {
  @IsText()
  pixKey!: string;

  @IsIn(PIX_KEY_TYPES)
  type!: PixKeyType;

  /** The payee. An empty string means "Pix". */
  @Optional()
  @IsWellFormed()
  @IsString()
  merchantName?: string;
}
