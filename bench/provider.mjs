// A provider in its own process, which accepts everything at once. Its response contains what every subject reads.
import { createServer } from 'node:http';

const body = Buffer.from(
  JSON.stringify({
    zaapId: 'ZAAP',
    messageId: 'MESSAGE',
    id: 'MESSAGE',
    sid: 'MESSAGE',
    messaging_product: 'whatsapp',
    contacts: [{ input: '1', wa_id: '1' }],
    messages: [{ id: 'wamid.MESSAGE' }],
  }),
);
let accepted = 0;

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  request.on('end', () => {
    accepted += 1;
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  });
});

process.on('message', () => process.send({ accepted }));
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
