const assert = require('node:assert');
const { startProvider } = require('./provider.cjs');

const MESSAGE = { to: '5511999999999', text: 'Hello', buttons: [{ type: 'reply', id: 'a', title: 'A' }] };

/** Sends by an application that was put together of what one form of the package and one of Nest gave. */
exports.exercise = async ({ core, messaging }) => {
  const provider = await startProvider();
  const { ButtonMessagingModule, ButtonMessagingService, ZApiService, InvalidMessageError } = messaging;
  class AppModule {}
  const app = await core.NestFactory.createApplicationContext(
    { module: AppModule, imports: [ButtonMessagingModule.forRoot({ accounts: [provider.account], logger: false })] },
    { logger: false },
  );
  try {
    const sent = await app.get(ButtonMessagingService).send(MESSAGE);
    assert.strictEqual(sent.messageId, 'm');
    await assert.rejects(app.get(ZApiService).sendButtonActions({}), InvalidMessageError);
  } finally {
    await app.close();
    provider.close();
  }
};
