import { IsIn } from 'class-validator';
import {
  HasOneOf,
  IsHttpUrl,
  IsText,
  MaxCharacters,
  Nested,
  OnlyForType,
  Optional,
} from '../../../validation/index.js';

/** The kinds of header that interactive messages know. */
export const HEADER_TYPES = ['text', 'image', 'video', 'document'] as const;

/** What may stand above the text. */
export type HeaderType = (typeof HEADER_TYPES)[number];

/** A file: a link to it, or the id that it got when it was uploaded. */
export class MediaDto {
  @Optional()
  @IsHttpUrl()
  @IsText()
  link?: string;

  @Optional()
  @IsText()
  id?: string;

  /** The name shown for a document. */
  @Optional()
  @IsText()
  filename?: string;
}

/** What stands above the text: the field that has the name of its `type`, and no other. */
export class HeaderDto {
  @IsIn(HEADER_TYPES)
  type!: HeaderType;

  /** 1–60 characters. */
  @OnlyForType('text')
  @MaxCharacters('header')
  @IsText()
  text?: string;

  @OnlyForType('image')
  @HasOneOf('link', 'id')
  @Nested(() => MediaDto)
  image?: MediaDto;

  @OnlyForType('video')
  @HasOneOf('link', 'id')
  @Nested(() => MediaDto)
  video?: MediaDto;

  @OnlyForType('document')
  @HasOneOf('link', 'id')
  @Nested(() => MediaDto)
  document?: MediaDto;
}

/** A list has no other header than a text. */
export class TextHeaderDto {
  @IsIn(['text'])
  type!: 'text';

  /** 1–60 characters. */
  @MaxCharacters('header')
  @IsText()
  text!: string;
}

/** The text above the buttons. */
export class BodyDto {
  /** 1–1,024 characters. */
  @MaxCharacters('body')
  @IsText()
  text!: string;
}

/** The small text below it. */
export class FooterDto {
  /** 1–60 characters. */
  @MaxCharacters('footer')
  @IsText()
  text!: string;
}

/** What stands around the buttons. */
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
