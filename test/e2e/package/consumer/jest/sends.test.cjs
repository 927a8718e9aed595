const { exercise } = require('../exercise.cjs');

test('sends in a CommonJS test', async () => {
  await exercise({ core: require('@nestjs/core'), messaging: require('nestjs-button-messaging') });
});
