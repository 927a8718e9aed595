import { describe, expect, it } from '@jest/globals';
import { Body, Controller, Post } from '@nestjs/common';
import {
  ApiProperty,
  DocumentBuilder,
  IntersectionType,
  OmitType,
  PartialType,
  PickType,
  SwaggerModule,
} from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { dtoClasses } from '../../../lib/adapters/dto-classes.js';
import { ButtonMessageDto, SendButtonActionsDto, SendReplyButtonsDto, SendTextDto } from '../../../lib/index.js';

class NamedTextDto extends SendTextDto {
  @ApiProperty()
  name!: string;
}
class PlainTextDto extends SendTextDto {}
class DraftDto extends PartialType(SendButtonActionsDto) {}
class TextlessDto extends OmitType(ButtonMessageDto, ['text']) {}
class ButtonsDto extends PickType(SendButtonActionsDto, ['buttonActions']) {}
class BothDto extends IntersectionType(PickType(SendTextDto, ['message']), NamedTextDto) {}
class NestedDraftDto extends PartialType(OmitType(SendReplyButtonsDto, ['to'])) {}

@Controller()
class Routes {
  @Post('named') named(@Body() dto: NamedTextDto) {
    return dto;
  }
  @Post('plain') plain(@Body() dto: PlainTextDto) {
    return dto;
  }
  @Post('draft') draft(@Body() dto: DraftDto) {
    return dto;
  }
  @Post('textless') textless(@Body() dto: TextlessDto) {
    return dto;
  }
  @Post('buttons') buttons(@Body() dto: ButtonsDto) {
    return dto;
  }
  @Post('both') both(@Body() dto: BothDto) {
    return dto;
  }
  @Post('nested') nested(@Body() dto: NestedDraftDto) {
    return dto;
  }
  @Post('whole') whole(@Body() dto: ButtonMessageDto) {
    return dto;
  }
}

async function schemas(): Promise<Record<string, { properties?: object; required?: string[] }>> {
  const module = await Test.createTestingModule({ controllers: [Routes] }).compile();
  const app = module.createNestApplication({ logger: false });
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  await app.close();
  return JSON.parse(JSON.stringify(document.components?.schemas));
}

const fieldsOf = ({ properties = {} }: { properties?: object } = {}) => Object.keys(properties).sort();

describe('DTOs derived before the import of ./swagger', () => {
  it('keeps the fields of the derived DTOs, before and after the import', async () => {
    for (const round of ['before', 'after']) {
      if (round === 'after') await import('../../../lib/swagger/index.js');
      const made = await schemas();
      const text = ['delayMessage', 'message', 'phone'];
      expect(fieldsOf(made.NamedTextDto)).toEqual(expect.arrayContaining(['name', ...text]));
      expect(fieldsOf(made.PlainTextDto)).toEqual(expect.arrayContaining(text));
      expect(fieldsOf(made.BothDto)).toEqual(expect.arrayContaining(['name', ...text]));
      expect(fieldsOf(made.TextlessDto)).toEqual(['buttons', 'footer', 'header', 'to']);
      expect(fieldsOf(made.ButtonsDto)).toEqual(['buttonActions']);
      expect(made.NamedTextDto?.required).toEqual(expect.arrayContaining(['name', 'message', 'phone']));
      expect(made.DraftDto).toMatchObject({ properties: { message: { minLength: 1, maxLength: 1_024 } } });
      expect(made.DraftDto).not.toHaveProperty('required');
      expect(fieldsOf(made.NestedDraftDto)).toEqual(['biz_opaque_callback_data', 'context', 'interactive']);
      expect(made.ButtonMessageDto).toMatchObject({ required: ['to', 'text', 'buttons'] });
      expect(made).toHaveProperty('ButtonActionDto');
      // Schemas of a whole class are added by the import.
      expect('ButtonActionDtoReply' in made).toBe(round === 'after');
    }
  });

  it('finds documented fields in every DTO class', () => {
    for (const dto of dtoClasses())
      expect([dto.name, Object.hasOwn(dto, '_OPENAPI_METADATA_FACTORY')]).toEqual([dto.name, true]);
  });
});
