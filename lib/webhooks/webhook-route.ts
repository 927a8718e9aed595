import { applyDecorators, SetMetadata } from '@nestjs/common';
import { isRecord } from '../validation/is-record.js';

const WEBHOOK_PROVIDER = 'button-messaging:webhook-provider';

/** The metadata key of route configurations in Nest's Fastify adapter, which is optional. */
const FASTIFY_ROUTE_CONFIG = '__fastify_route_config__';

/** The account and provider of a request. */
export interface RoutedWebhook {
  provider: string;
  account: string;
}

/** Marks a route of the module, so that it can be found in the router. */
export function WebhookRoute(provider: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(WEBHOOK_PROVIDER, provider),
    SetMetadata(FASTIFY_ROUTE_CONFIG, { [WEBHOOK_PROVIDER]: provider }),
  );
}

/** Returns the account of a request that Fastify routed to the module, or undefined. */
export function routedByFastify(request: object): RoutedWebhook | undefined {
  const route: unknown = Reflect.get(request, 'routeOptions');
  const config = isRecord(route) ? route.config : undefined;
  return routed(isRecord(config) ? config[WEBHOOK_PROVIDER] : undefined, Reflect.get(request, 'params'));
}

interface RouteLayer {
  route: { methods: Record<string, unknown>; stack: { handle: object }[] };
  /** The parameters of the last match, in routers whose `match` returns a boolean. */
  params?: unknown;
  match(path: string): unknown;
}

/**
 * Returns the account of a POST request that Express will route to the module, or undefined.
 *
 * Predicts the route with the router's own layers: case, trailing slashes, prefixes and versions have the same effect.
 */
export function routedByExpress(app: object, url: string): RoutedWebhook | undefined {
  const path = pathOf(url);
  for (const layer of postRoutesOf(app)) {
    const params = paramsOf(layer, path);
    if (params) return routed(providerOf(layer), params);
  }
  return undefined;
}

function postRoutesOf(app: object): RouteLayer[] {
  const router: unknown = Reflect.get(app, 'router');
  const stack: unknown = typeof router === 'function' ? Reflect.get(router, 'stack') : undefined;
  return Array.isArray(stack) ? stack.filter((layer) => isRouteLayer(layer) && acceptsPost(layer)) : [];
}

function routed(provider: unknown, params: unknown): RoutedWebhook | undefined {
  const account = isRecord(params) ? params.account : undefined;
  return typeof provider === 'string' && typeof account === 'string' ? { provider, account } : undefined;
}

function isRouteLayer(layer: unknown): layer is RouteLayer {
  if (!isRecord(layer) || typeof layer.match !== 'function' || !isRecord(layer.route)) return false;
  return isRecord(layer.route.methods) && Array.isArray(layer.route.stack);
}

function acceptsPost({ route: { methods } }: RouteLayer): boolean {
  return methods.post === true || methods._all === true;
}

function providerOf({ route }: RouteLayer): unknown {
  return route.stack
    .map(({ handle }) => Reflect.getMetadata(WEBHOOK_PROVIDER, handle))
    .find((provider) => provider !== undefined);
}

/** Returns the parameters of a path, if the layer matches it. */
function paramsOf(layer: RouteLayer, path: string): Record<string, unknown> | undefined {
  try {
    const match = layer.match(path);
    const params = isRecord(match) ? match.params : match === true && layer.params;
    return isRecord(params) ? params : undefined;
  } catch {
    // A malformed escape sequence. The router responds with 400.
    return undefined;
  }
}

function pathOf(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  return path.startsWith('/') || !URL.canParse(path) ? path : new URL(path).pathname;
}
