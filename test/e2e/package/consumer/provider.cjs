const { createServer } = require('node:http');

/** Accepts every message, as Z-API would. */
exports.startProvider = async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('Content-Type', 'application/json');
      response.end('{"zaapId":"z","messageId":"m","id":"m"}');
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  const account = {
    provider: 'z-api',
    name: 'z',
    instanceId: 'i',
    token: 't',
    clientToken: 'c',
    baseUrl: `http://127.0.0.1:${port}`,
  };
  return { account, close: () => server.close() };
};
