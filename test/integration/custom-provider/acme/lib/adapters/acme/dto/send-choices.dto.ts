import { IsRecipient, IsText, NestedList } from '../../../validation/index.js';

export class ChoiceDto {
  @IsText()
  id!: string;

  @IsText('buttonTitle')
  label!: string;
}

export class SendChoicesDto {
  @IsRecipient('phone')
  @IsText()
  to!: string;

  @IsText('body')
  text!: string;

  @NestedList(() => ChoiceDto)
  choices!: ChoiceDto[];
}
