import { IsRecipient, IsText, MaxCharacters, NestedList } from '../../../validation/index.js';

export class ChoiceDto {
  @IsText()
  id!: string;

  @MaxCharacters('buttonTitle')
  @IsText()
  label!: string;
}

export class SendChoicesDto {
  @IsRecipient('phone')
  @IsText()
  to!: string;

  @MaxCharacters('body')
  @IsText()
  text!: string;

  @NestedList(() => ChoiceDto)
  choices!: ChoiceDto[];
}
