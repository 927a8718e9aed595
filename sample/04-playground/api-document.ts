import 'nestjs-button-messaging/swagger';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Shows the routes that send messages at `docs`, with the package's own rules as schemas. */
export function showApiDocument(app: INestApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Messages with buttons')
    .setDescription('A simulator plays the providers: nothing leaves this machine.')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description));
}
