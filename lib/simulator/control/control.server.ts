import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, parsedJson } from '../json.js';
import { decodedPart } from '../server/decoded-part.js';
import { type ControlDependencies, type ControlRoute, controlRoutes } from './control-routes.js';

/** Serves the simulator's control API, as JSON. */
export class ControlServer {
  private readonly routes: ReadonlyMap<string, ControlRoute>;

  constructor(dependencies: ControlDependencies) {
    this.routes = controlRoutes(dependencies);
  }

  knows(path: string): boolean {
    return this.verbsAt(path).length > 0;
  }

  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    text: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { method = 'GET' } = request;
    const verbs = this.verbsAt(path).join(', ');
    const route = this.routes.get(`${method} ${patternOf(path)}`);
    if (method === 'OPTIONS') {
      const allowed = { 'access-control-allow-methods': verbs, 'access-control-allow-headers': 'content-type' };
      response.writeHead(204, { ...headers, ...allowed }).end();
    } else if (!route) {
      response.writeHead(405, { ...headers, allow: `${verbs}, OPTIONS` }).end();
    } else if (hasBody(method) && !/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
      // Pages of other origins can send forms and plain text without a preflight request, but not JSON.
      response.writeHead(415, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end('The body must be JSON');
    } else {
      const { status, body } = await answer(route, method, text, parameterOf(path));
      response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body));
    }
  }

  private verbsAt(path: string): string[] {
    const pattern = patternOf(path);
    return [...this.routes.keys()]
      .filter((key) => key.endsWith(` ${pattern}`))
      .map((key) => key.split(' ', 1).join(''));
  }
}

async function answer(
  route: ControlRoute,
  method: string,
  text: string,
  parameter: string,
): Promise<{ status: number; body: unknown }> {
  const body = hasBody(method) ? parsedJson(text) : {};
  if (!isJsonObject(body)) return { status: 400, body: { error: 'The body must be a JSON object' } };
  try {
    return { status: 200, body: await route(body, parameter) };
  } catch (reason) {
    const isFaulty = reason instanceof TypeError || reason instanceof RangeError;
    const error = reason instanceof Error ? reason.message : String(reason);
    return { status: isFaulty ? 400 : 409, body: { error } };
  }
}

function hasBody(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

function patternOf(path: string): string {
  const [, first = '', second] = path.split('/');
  if (path.split('/').length > 3) return path;
  return second === undefined ? `/${first}` : `/${first}/*`;
}

function parameterOf(path: string): string {
  const [, , second = ''] = path.split('/');
  return decodedPart(second, second);
}
