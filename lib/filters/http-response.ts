import { isRecord } from '../validation/is-record.js';

/** What goes out. */
export interface HttpResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** As text: given an object, Nest 11 on Express would set a content type of its own. */
  body: string;
}

/** Node's own response, which Express's is, too. */
interface NodeResponse {
  headersSent: boolean;
  writableEnded: boolean;
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body?: string): unknown;
}

interface ExpressResponse extends NodeResponse {
  send(body: string): unknown;
}

interface FastifyReply {
  sent: boolean;
  raw: NodeResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body: string): unknown;
}

/**
 * Answers on Express and Fastify, and by Node's own response, which middleware gets on Fastify. A response that has
 * begun is ended, as Nest ends it: there is no place for a status any more.
 *
 * @returns false where it is none of these.
 */
export function answer(response: unknown, given: HttpResponse): boolean {
  if (isFastifyReply(response)) answerByFastify(response, given);
  else if (isNodeResponse(response)) answerByNode(response, given);
  else return false;
  return true;
}

function answerByFastify(reply: FastifyReply, { status, headers, body }: HttpResponse): void {
  if (reply.sent || reply.raw.headersSent) {
    endBegun(reply.raw);
    return;
  }
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  reply.code(status);
  reply.send(body);
}

function answerByNode(response: NodeResponse, { status, headers, body }: HttpResponse): void {
  if (response.headersSent) {
    endBegun(response);
    return;
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  if (isExpressResponse(response)) response.send(body);
  else response.end(body);
}

function endBegun(response: NodeResponse): void {
  if (response.headersSent && !response.writableEnded) response.end();
}

function isNodeResponse(value: unknown): value is NodeResponse {
  return hasMethods(value, 'setHeader', 'end') && 'headersSent' in value;
}

function isExpressResponse(response: NodeResponse): response is ExpressResponse {
  return hasMethods(response, 'send');
}

function isFastifyReply(value: unknown): value is FastifyReply {
  return hasMethods(value, 'code', 'header', 'send') && isNodeResponse(value.raw);
}

function hasMethods(value: unknown, ...names: string[]): value is Record<string, unknown> {
  return isRecord(value) && names.every((name) => typeof value[name] === 'function');
}
