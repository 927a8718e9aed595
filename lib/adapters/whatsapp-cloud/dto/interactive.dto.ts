import { IsIn } from 'class-validator';
import { IsText, Nested, OnlyForType, Optional } from '../../../validation/index.js';
import { CloudFileDto } from './cloud-media.dto.js';
import { NestedFile } from './nested-file.decorator.js';

/** The types of headers of interactive messages. @publicApi */
export const HEADER_TYPES = ['text', 'image', 'video', 'document'] as const;

/** The type of a header. @publicApi */
export type HeaderType = (typeof HEADER_TYPES)[number];

/** A file: its URL, or the ID of an uploaded file. @publicApi */
export class MediaDto extends CloudFileDto {
  /** The displayed name of a document. */
  @Optional()
  @IsText()
  filename?: string;
}

/** A header. It has only the field with the name of its `type`. @publicApi */
export class HeaderDto {
  @IsIn(HEADER_TYPES)
  type!: HeaderType;

  /** 1–60 characters. */
  @OnlyForType('text')
  @IsText('header')
  text?: string;

  @OnlyForType('image')
  @NestedFile(() => MediaDto)
  image?: MediaDto;

  @OnlyForType('video')
  @NestedFile(() => MediaDto)
  video?: MediaDto;

  @OnlyForType('document')
  @NestedFile(() => MediaDto)
  document?: MediaDto;
}

/** A header of a list, which can only be a text. @publicApi */
export class TextHeaderDto {
  @IsIn(['text'])
  type!: 'text';

  /** 1–60 characters. */
  @IsText('header')
  text!: string;
}

/** The text above the buttons. @publicApi */
export class BodyDto {
  /** 1–1,024 characters. */
  @IsText('body')
  text!: string;
}

/** The small text below the buttons. @publicApi */
export class FooterDto {
  /** 1–60 characters. */
  @IsText('footer')
  text!: string;
}

/** The header, text and footer of an interactive message. @publicApi */
export abstract class FramedInteractiveDto {
  @Optional()
  @Nested(() => HeaderDto)
  header?: HeaderDto;

  @Nested(() => BodyDto)
  body!: BodyDto;

  @Optional()
  @Nested(() => FooterDto)
  footer?: FooterDto;
}
