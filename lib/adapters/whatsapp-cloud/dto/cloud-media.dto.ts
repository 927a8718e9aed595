import { IsBoolean } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsHttpUrl, IsText, Optional } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { NestedFile } from './nested-file.decorator.js';

/** A file: its URL, or the ID that `uploadMedia` returned. @publicApi */
export class CloudFileDto {
  /** An http(s) URL that Meta can download. */
  @Optional()
  @IsHttpUrl()
  @IsText()
  link?: string;

  /** The ID of an uploaded file. */
  @Optional()
  @IsText()
  id?: string;
}

/** An image or a video, and the text below it. @publicApi */
export class CloudCaptionedFileDto extends CloudFileDto {
  /** 1–1,024 characters. */
  @Optional()
  @IsText(FIXED_LIMITS.caption)
  caption?: string;
}

/** A document, its displayed name, and the text below it. @publicApi */
export class CloudDocumentFileDto extends CloudCaptionedFileDto {
  /** The displayed name. Its extension decides which icon WhatsApp shows. */
  @Optional()
  @IsText()
  filename?: string;
}

/** An audio file. @publicApi */
export class CloudAudioFileDto extends CloudFileDto {
  /** Whether WhatsApp shows a voice message. The file must then be OGG with the OPUS codec. @default false */
  @Optional()
  @IsBoolean()
  voice?: boolean;
}

/**
 * An image. Set exactly one of `link` and `id`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/image-messages
 *
 * @publicApi
 */
export class CloudImageDto extends CloudMessageDto {
  @NestedFile(() => CloudCaptionedFileDto)
  image!: CloudCaptionedFileDto;
}

/**
 * A video. Set exactly one of `link` and `id`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/video-messages
 *
 * @publicApi
 */
export class CloudVideoDto extends CloudMessageDto {
  @NestedFile(() => CloudCaptionedFileDto)
  video!: CloudCaptionedFileDto;
}

/**
 * An audio file or a voice message. Set exactly one of `link` and `id`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/audio-messages
 *
 * @publicApi
 */
export class CloudAudioDto extends CloudMessageDto {
  @NestedFile(() => CloudAudioFileDto)
  audio!: CloudAudioFileDto;
}

/**
 * A document. Set exactly one of `link` and `id`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/document-messages
 *
 * @publicApi
 */
export class CloudDocumentDto extends CloudMessageDto {
  @NestedFile(() => CloudDocumentFileDto)
  document!: CloudDocumentFileDto;
}

/**
 * A sticker in WebP. Set exactly one of `link` and `id`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/sticker-messages
 *
 * @publicApi
 */
export class CloudStickerDto extends CloudMessageDto {
  @NestedFile(() => CloudFileDto)
  sticker!: CloudFileDto;
}
