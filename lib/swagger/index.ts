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

// The one thing in this package that an import does: Swagger finds schemas in its own metadata of classes only, and
// those decorators cannot stand on the classes themselves, as not everybody has Swagger.
for (const dto of dtoClasses()) describeDto(dto);
