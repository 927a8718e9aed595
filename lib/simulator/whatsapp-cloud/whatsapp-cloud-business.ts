import { BodyCheck } from '../checks/body-check.js';
import { LINK } from '../checks/text-rules.js';
import { isJsonObject, type JsonObject, parsedJson, withoutUndefined } from '../json.js';
import type { Handling, ProviderRequest } from '../provider-simulation.js';
import { jsonResponse } from '../server/http-response.js';
import type { SimulatedTemplate } from '../templates/template.interface.js';
import type { TemplateStore } from '../templates/template-store.js';
import { cloudNotSimulated, metaBodyError, metaError } from './whatsapp-cloud.errors.js';

/** The page size of Graph API lists. */
const DEFAULT_LIMIT = 25;
const DEFAULT_FIELDS = 'name,parameter_format,components,language,status,category';
const FILTERS = ['name', 'status', 'language', 'category'] as const;

/** The requests to a WhatsApp business account: its templates, and the apps that receive its webhooks. */
export class CloudBusiness {
  /** The URLs that replace the app's own, by business account. */
  private readonly callbackUrls = new Map<string, string>();

  /** @param baseUrl The base URL of the simulated provider. */
  constructor(
    private readonly templates: TemplateStore,
    private readonly baseUrl: string,
  ) {}

  /** Returns the webhook URL that was set for a business account, or undefined. */
  callbackUrl(businessAccountId: string): string | undefined {
    return this.callbackUrls.get(businessAccountId);
  }

  /** @param businessAccountId The business account in the path. */
  handle(request: ProviderRequest, businessAccountId: string, edge: string): Handling {
    switch (`${request.method} ${edge}`) {
      case 'GET message_templates':
        return this.list(request, businessAccountId);
      case 'GET subscribed_apps':
        return { kind: 'read', answer: jsonResponse(200, { data: this.subscriptions(businessAccountId) }) };
      case 'POST subscribed_apps':
        return this.subscribe(request.body, businessAccountId);
      case 'DELETE subscribed_apps':
        return done(() => this.callbackUrls.delete(businessAccountId));
      default:
        return { kind: 'refused', answer: cloudNotSimulated(`${request.method} /{business account id}/${edge}`) };
    }
  }

  private list({ path, query }: ProviderRequest, businessAccountId: string): Handling {
    const found = this.templates.of(businessAccountId).filter((template) =>
      FILTERS.every((name) => {
        const wanted = query.get(name);
        return wanted === null || template[name].toLowerCase() === wanted.toLowerCase();
      }),
    );
    const after = query.get('after');
    const first = after === null ? 0 : Number(Buffer.from(after, 'base64url').toString('utf8'));
    const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
    if (!Number.isInteger(first) || !Number.isInteger(limit) || limit < 1) {
      return { kind: 'refused', answer: metaError(400, 100, 'limit and after must be valid') };
    }
    const shown = found.slice(first, first + limit);
    const fields = (query.get('fields') ?? DEFAULT_FIELDS).split(',');
    const cursors = { before: cursorAt(first), after: cursorAt(first + shown.length) };
    const following = new URLSearchParams({ ...Object.fromEntries(query), after: cursors.after });
    following.delete('access_token');
    const next = first + shown.length < found.length ? { next: `${this.baseUrl}${path}?${following}` } : {};
    const answer = jsonResponse(200, {
      data: shown.map((template) => withFields(template, fields)),
      ...(shown.length > 0 && { paging: { cursors, ...next } }),
    });
    return { kind: 'read', answer };
  }

  private subscriptions(businessAccountId: string): JsonObject[] {
    const override = this.callbackUrls.get(businessAccountId);
    const app = { id: '100000000000003', name: 'Simulated app', link: 'https://example.com/' };
    return [withoutUndefined({ whatsapp_business_api_data: app, override_callback_uri: override })];
  }

  private subscribe(text: string, businessAccountId: string): Handling {
    const body = text === '' ? {} : parsedJson(text);
    const check = new BodyCheck(isJsonObject(body) ? body : {});
    const url = check.optionalText('override_callback_uri', LINK);
    if (url !== undefined) check.text('verify_token');
    const [issue] = check.issues;
    if (issue) return { kind: 'refused', answer: metaBodyError(issue) };
    return done(() => url !== undefined && this.callbackUrls.set(businessAccountId, url));
  }
}

function done(settle: () => void): Handling {
  return { kind: 'done', answer: jsonResponse(200, { success: true }), settle };
}

/** Selects the requested fields. The ID is always there. */
function withFields(template: SimulatedTemplate, fields: readonly string[]): JsonObject {
  const { businessAccountId: _account, messageStatus: _status, ...described } = template;
  const all: JsonObject = { ...described, quality_score: { score: 'UNKNOWN' } };
  const selected = Object.entries(all).filter(([name]) => fields.includes(name));
  return { ...Object.fromEntries(selected), id: template.id };
}

function cursorAt(place: number): string {
  return Buffer.from(String(place), 'utf8').toString('base64url');
}
