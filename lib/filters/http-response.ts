import { isRecord } from '../validation/is-record.js';

/** An HTTP response to send. */
export interface HttpResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** A string: with an object, Nest 11 on Express sets its own content type. */
  body: string;
}

/** Node's response. Express's extends it, and has a method of its own to send. */
interface NodeResponse {
  headersSent: boolean;
  writableEnded: boolean;
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  send?(body: string): unknown;
  end(body?: string): unknown;
}

interface FastifyReply {
  sent: boolean;
  raw: NodeResponse;
  code(status: number): unknown;
  headers(values: Readonly<Record<string, string>>): unknown;
  send(body: string): unknown;
}

/**
 * Sends a response on Express and Fastify, or on Node's response, which middleware gets on Fastify. A response that has
 * begun is ended, because its status cannot be changed.
 *
 * @returns false if the response is none of these.
 */
export function sendResponse(response: unknown, { status, headers, body }: HttpResponse): boolean {
  if (isFastifyReply(response)) {
    if (response.sent || response.raw.headersSent) return endBegun(response.raw);
    response.headers(headers);
    response.code(status);
    response.send(body);
    return true;
  }
  if (!isNodeResponse(response)) return false;
  if (response.headersSent) return endBegun(response);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  if (typeof response.send === 'function') response.send(body);
  else response.end(body);
  return true;
}

function endBegun(response: NodeResponse): true {
  if (response.headersSent && !response.writableEnded) response.end();
  return true;
}

function isNodeResponse(value: unknown): value is NodeResponse {
  return hasMethods(value, 'setHeader', 'end') && 'headersSent' in value;
}

function isFastifyReply(value: unknown): value is FastifyReply {
  return hasMethods(value, 'code', 'headers', 'send') && isNodeResponse(value.raw);
}

function hasMethods(value: unknown, ...names: string[]): value is Record<string, unknown> {
  return isRecord(value) && names.every((name) => typeof value[name] === 'function');
}
