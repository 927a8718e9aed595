import { IsIn, IsString } from 'class-validator';
import { IsText, IsWellFormed, Optional } from '../../../validation/index.js';
import { ZApiMessageDto } from './z-api-message.dto.js';

/** The kinds of key of the Brazilian instant payment system. */
export const PIX_KEY_TYPES = ['CPF', 'CNPJ', 'PHONE', 'EMAIL', 'EVP'] as const;

/** What a PIX key is. Source: Z-API's send-button-pix. */
export type PixKeyType = (typeof PIX_KEY_TYPES)[number];

/** `POST send-button-pix`: a button that copies a PIX key. */
export class SendButtonPixDto extends ZApiMessageDto {
  @IsText()
  pixKey!: string;

  @IsIn(PIX_KEY_TYPES)
  type!: PixKeyType;

  /** Who is paid; empty means "Pix". */
  @Optional()
  @IsWellFormed()
  @IsString()
  merchantName?: string;
}
