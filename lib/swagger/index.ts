/**
 * Gives every DTO of this package its OpenAPI schema, made of its validation rules, for `SwaggerModule.createDocument`
 * of `@nestjs/swagger`. Import it once, anywhere, before the document is made; it exports nothing.
 *
 * @example
 * import 'nestjs-button-messaging/swagger';
 *
 * const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
 */

import { dtoClasses } from '../adapters/dto-classes.js';
import { describeDto } from './describe-dto.js';

// The only import with a side effect in this package: Swagger reads schemas only from its own metadata of classes. Its
// decorators cannot be in the DTO files, because Swagger is optional.
for (const dto of dtoClasses()) describeDto(dto);
