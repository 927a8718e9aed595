import 'nestjs-button-messaging/swagger';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves the OpenAPI document of the sending routes at `/docs`, with the package's rules as schemas. */
export function showApiDocument(app: INestApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Messages with buttons')
    .setDescription('The providers are simulated: nothing leaves this machine.')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description));
}
