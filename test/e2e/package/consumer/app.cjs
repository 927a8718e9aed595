require('reflect-metadata');
const { exercise } = require('./exercise.cjs');

const main = async () => {
  const required = require('nestjs-button-messaging');
  await exercise({ core: require('@nestjs/core'), messaging: required });
  // One class however it was loaded, or dependency injection would not find it.
  const imported = await import('nestjs-button-messaging');
  if (imported.ButtonMessagingService !== required.ButtonMessagingService) throw new Error('two classes of one name');
  await exercise({ core: await import('@nestjs/core'), messaging: imported });
  for (const entry of process.argv.slice(2)) require(entry);
};

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
