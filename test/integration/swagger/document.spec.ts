import { describe, expect, it, jest } from '@jest/globals';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiExcludeController, ApiProperty, type OpenAPIObject, PartialType, PickType } from '@nestjs/swagger';
import { Validator } from '@seriousme/openapi-schema-validator';
import {
  ListMessageDto,
  SendButtonActionsDto,
  SendTextDto,
  TemplateMessageDto,
  TextMessageDto,
} from '../../../lib/index.js';
import { readRules } from '../../../lib/validation/index.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { PLATFORMS } from '../../support/webhook-app.js';
import { documentOf } from './documented-app.js';
import { DTO_OF } from './documented-dtos.js';

jest.setTimeout(30_000);

/** Returns the validator's errors. Throws if a reference has no target. */
async function faultsOf(document: OpenAPIObject): Promise<unknown> {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
  if (valid) validator.resolveRefs();
  return valid ? [] : errors;
}

const schemasOf = (document: OpenAPIObject): Record<string, unknown> =>
  JSON.parse(JSON.stringify(document.components?.schemas));

describe('OpenAPI document of an application', () => {
  it.each(
    PLATFORMS.flatMap(([name, platform]) =>
      REGISTRATIONS.map(([how, register]) => ({ name, how, platform, register })),
    ),
  )('is valid on $name with $how, and excludes the webhooks', async ({ platform, register }) => {
    const document = await documentOf({ platform, register });
    expect(await faultsOf(document)).toEqual([]);
    expect(Object.keys(document.paths).sort()).toEqual(
      Object.keys(DTO_OF)
        .map((method) => `/messages/${method}`)
        .sort(),
    );
  });

  it('is valid as OpenAPI 3.1', async () => {
    expect(await faultsOf({ ...(await documentOf()), openapi: '3.1.0' })).toEqual([]);
  });

  it('includes the webhooks when a decorator requests them', async () => {
    const webhooks = { path: 'hooks', decorators: [ApiExcludeController(false)] };
    const { paths } = await documentOf({ options: { webhooks } });
    expect(Object.keys(paths)).toContain('/hooks/z-api/{account}');
  });

  it.each(Object.entries(DTO_OF))('refers to the schema of the argument of %s', async (method, dto) => {
    const document = await documentOf();
    expect(document.paths[`/messages/${method}`]?.post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${dto.name}` } } },
    });
    const schema = schemasOf(document)[dto.name];
    const documented = Object.keys((schema as { properties: object }).properties).sort();
    const never = ['button_4_id', 'button_4_title'];
    const ruled = readRules(dto).properties.map(({ name }) => name);
    expect(documented).toEqual(ruled.filter((name) => !never.includes(name)).sort());
  });

  it('contains the rules of button actions', async () => {
    const schemas = schemasOf(await documentOf());
    expect(schemas.SendButtonActionsDto).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['message', 'buttonActions', 'phone'],
      properties: {
        phone: {
          type: 'string',
          description: expect.stringContaining('phone number that begins with + or with its country code'),
        },
        message: { type: 'string', minLength: 1, maxLength: 1_024, pattern: '\\S' },
        delayMessage: { type: 'integer', minimum: 1, maximum: 15 },
        buttonActions: {
          type: 'array',
          minItems: 1,
          maxItems: 3,
          items: { $ref: '#/components/schemas/ButtonActionDto' },
          description: expect.stringContaining('Must not mix REPLY buttons with other types.'),
        },
      },
    });
    expect(schemas.ButtonActionDto).toMatchObject({
      oneOf: [
        { $ref: '#/components/schemas/ButtonActionDtoCall' },
        { $ref: '#/components/schemas/ButtonActionDtoUrl' },
        { $ref: '#/components/schemas/ButtonActionDtoReply' },
      ],
      discriminator: { propertyName: 'type', mapping: { CALL: '#/components/schemas/ButtonActionDtoCall' } },
    });
    expect(schemas.ButtonActionDtoCall).toMatchObject({ required: ['type', 'label', 'phone'] });
  });

  it('allows the values of a template as further fields', async () => {
    const schemas = schemasOf(await documentOf());
    expect(schemas.ChatvoltTemplateDto).toMatchObject({
      additionalProperties: { type: 'string', minLength: 1 },
      required: ['to', 'templateName', 'templateLangCode'],
      properties: { templateName: { description: expect.stringContaining('var_…') } },
    });
    expect(schemas.ChatvoltTemplateButtonDto).toMatchObject({ additionalProperties: false });
  });

  it('contains the unions of a button message', async () => {
    const schemas = schemasOf(await documentOf());
    expect(schemas.ButtonDtoReply).toMatchObject({
      properties: { type: { enum: ['reply'] }, id: { maxLength: 256 }, title: { maxLength: 20 } },
      required: ['type', 'id', 'title'],
      additionalProperties: false,
    });
    expect(schemas.ButtonMessageDto).toMatchObject({
      properties: {
        to: {
          oneOf: [
            { type: 'string' },
            ...['phone', 'lid', 'userId', 'group', 'conversation'].map((form) => ({ required: [form] })),
          ],
        },
        header: {
          allOf: [{ $ref: '#/components/schemas/MessageHeaderDto' }],
          oneOf: ['text', 'image', 'video', 'document', 'mediaId'].map((field) => ({ required: [field] })),
        },
      },
    });
  });

  it('contains lists, texts and templates', async () => {
    @Controller()
    class MessagesController {
      @Post('list')
      list(@Body() dto: ListMessageDto) {
        return dto;
      }

      @Post('text')
      text(@Body() dto: TextMessageDto) {
        return dto;
      }

      @Post('template')
      template(@Body() dto: TemplateMessageDto) {
        return dto;
      }
    }

    const document = await documentOf({ controllers: [MessagesController] });
    expect(await faultsOf(document)).toEqual([]);
    const schemas = schemasOf(document);
    expect(schemas.ListRowDto).toMatchObject({ properties: { description: { maxLength: 72 } } });
    expect(schemas.TextMessageDto).toMatchObject({ required: ['to', 'text'] });
    expect(schemas.TemplateDto).toMatchObject({
      properties: { body: { oneOf: [{ type: 'array' }, { type: 'object' }] } },
    });
    expect(schemas.TemplateButtonDtoFlow).toMatchObject({ properties: { data: { type: 'object' } } });
    expect(schemas.TemplateButtonDtoReply).toMatchObject({ required: ['type', 'index', 'payload'] });
  });

  it('contains DTOs that users derive from those of the package', async () => {
    class PersonalTextDto extends SendTextDto {
      @ApiProperty()
      name!: string;
    }
    class DraftDto extends PartialType(SendButtonActionsDto) {}
    class ButtonsDto extends PickType(SendButtonActionsDto, ['buttonActions']) {}

    @Controller()
    class DraftsController {
      @Post('text')
      text(@Body() dto: PersonalTextDto) {
        return dto;
      }

      @Post('draft')
      draft(@Body() dto: DraftDto) {
        return dto;
      }

      @Post('buttons')
      buttons(@Body() dto: ButtonsDto) {
        return dto;
      }
    }

    const document = await documentOf({ controllers: [DraftsController] });
    expect(await faultsOf(document)).toEqual([]);
    const schemas = schemasOf(document);
    expect(schemas.PersonalTextDto).toMatchObject({ required: ['phone', 'message', 'name'] });
    expect(schemas.PersonalTextDto).not.toHaveProperty('additionalProperties');
    expect(schemas.DraftDto).toMatchObject({ properties: { message: { maxLength: 1_024 } } });
    expect(schemas.DraftDto).not.toHaveProperty('required');
    expect(schemas.ButtonsDto).toMatchObject({
      required: ['buttonActions'],
      properties: { buttonActions: { maxItems: 3 } },
    });
    expect(schemas).toHaveProperty('ButtonActionDtoReply');
  });
});
