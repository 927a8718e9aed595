import { isRecord } from '../validation/is-record.js';

/** An HTTP response to send. */
export interface HttpResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** A string: with an object, Nest 11 on Express sets its own content type. */
  body: string;
}

/** Node's response, which Express's extends. */
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
 * Sends a response on Express and Fastify, or on Node's response, which middleware gets on Fastify. A response that has
 * begun is ended, because its status cannot be changed.
 *
 * @returns false if the response is none of these.
 */
export function sendResponse(response: unknown, given: HttpResponse): boolean {
  if (isFastifyReply(response)) sendByFastify(response, given);
  else if (isNodeResponse(response)) sendByNode(response, given);
  else return false;
  return true;
}

function sendByFastify(reply: FastifyReply, { status, headers, body }: HttpResponse): void {
  if (reply.sent || reply.raw.headersSent) {
    endBegun(reply.raw);
    return;
  }
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  reply.code(status);
  reply.send(body);
}

function sendByNode(response: NodeResponse, { status, headers, body }: HttpResponse): void {
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
