import { applyDecorators, SetMetadata } from '@nestjs/common';
import { isRecord } from '../validation/is-record.js';

const WEBHOOK_PROVIDER = 'button-messaging:webhook-provider';

/** The key under which Nest's adapter of Fastify, which need not be there, looks for the configuration of a route. */
const FASTIFY_ROUTE_CONFIG = '__fastify_route_config__';

/** The account and provider that a request was routed to. */
export interface RoutedWebhook {
  provider: string;
  account: string;
}

/** Marks a route of the module's own, so that it is known again in the router. */
export function WebhookRoute(provider: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(WEBHOOK_PROVIDER, provider),
    SetMetadata(FASTIFY_ROUTE_CONFIG, { [WEBHOOK_PROVIDER]: provider }),
  );
}

/** Where Fastify has routed a request to; undefined if it is no route of the module's. */
export function routedByFastify(request: object): RoutedWebhook | undefined {
  const route: unknown = Reflect.get(request, 'routeOptions');
  const config = isRecord(route) ? route.config : undefined;
  return routed(isRecord(config) ? config[WEBHOOK_PROVIDER] : undefined, Reflect.get(request, 'params'));
}

interface RouteLayer {
  route: { methods: Record<string, unknown>; stack: { handle: object }[] };
  /** Of the last match, in routers that answer a match by true. */
  params?: unknown;
  match(path: string): unknown;
}

/**
 * Knows where Express will route a request to, before it does. It asks the router's own layers: case, slashes at the
 * end, prefixes and versions count as they do there.
 */
export class ExpressRoutes {
  private own: readonly RouteLayer[] = [];
  private layersSeen = 0;

  constructor(private readonly app: object) {}

  /** Where a POST to this URL goes; undefined if it is no route of the module's. */
  find(url: string): RoutedWebhook | undefined {
    const path = pathOf(url);
    if (!this.ownLayers().some((layer) => paramsOf(layer, path))) return undefined;
    for (const layer of this.layers()) {
      const params = paramsOf(layer, path);
      if (params) return routed(providerOf(layer), params);
    }
    return undefined;
  }

  private ownLayers(): readonly RouteLayer[] {
    const { length } = this.stack();
    if (length !== this.layersSeen) {
      this.layersSeen = length;
      this.own = this.layers().filter((layer) => providerOf(layer) !== undefined);
    }
    return this.own;
  }

  private layers(): RouteLayer[] {
    return this.stack().filter((layer) => isRouteLayer(layer) && takesPosts(layer));
  }

  private stack(): RouteLayer[] {
    const router: unknown = Reflect.get(this.app, 'router');
    const stack: unknown = typeof router === 'function' ? Reflect.get(router, 'stack') : undefined;
    return Array.isArray(stack) ? stack : [];
  }
}

function routed(provider: unknown, params: unknown): RoutedWebhook | undefined {
  const account = isRecord(params) ? params.account : undefined;
  return typeof provider === 'string' && typeof account === 'string' ? { provider, account } : undefined;
}

function isRouteLayer(layer: unknown): layer is RouteLayer {
  if (!isRecord(layer) || typeof layer.match !== 'function' || !isRecord(layer.route)) return false;
  return isRecord(layer.route.methods) && Array.isArray(layer.route.stack);
}

function takesPosts({ route: { methods } }: RouteLayer): boolean {
  return methods.post === true || methods._all === true;
}

function providerOf({ route }: RouteLayer): unknown {
  return route.stack
    .map(({ handle }) => Reflect.getMetadata(WEBHOOK_PROVIDER, handle))
    .find((provider) => provider !== undefined);
}

/** The parameters of a path, where the layer matches it. */
function paramsOf(layer: RouteLayer, path: string): Record<string, unknown> | undefined {
  try {
    const match = layer.match(path);
    const params = isRecord(match) ? match.params : match === true && layer.params;
    return isRecord(params) ? params : undefined;
  } catch {
    // A malformed escape: the router meets it too, and answers 400.
    return undefined;
  }
}

function pathOf(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  return path.startsWith('/') || !URL.canParse(path) ? path : new URL(path).pathname;
}
