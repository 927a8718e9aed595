import { digits } from '../identifiers.js';
import { deepFrozen, type JsonObject } from '../json.js';
import { readNewTemplate } from './read-template.js';
import type { SimulatedTemplate, TemplateStatus } from './template.interface.js';

/** Stores the templates of WhatsApp business accounts, oldest first. */
export class TemplateStore {
  private readonly byId = new Map<string, SimulatedTemplate>();

  /** Adds a template, or replaces the one with the same name and language. @throws TypeError if it is invalid. */
  add(businessAccountId: string, given: JsonObject): SimulatedTemplate {
    const described = readNewTemplate(given);
    const known = this.find(businessAccountId, described.name, described.language);
    const id = known?.id ?? described.id ?? `1${digits(14)}`;
    const other = this.byId.get(id);
    if (other && other !== known) throw new TypeError(`The template "${other.name}" already has the ID ${id}`);
    return this.keep({
      status: 'APPROVED',
      category: 'UTILITY',
      parameter_format: 'POSITIONAL',
      rejected_reason: 'NONE',
      messageStatus: 'accepted',
      ...described,
      id,
      businessAccountId,
    });
  }

  /** Changes the status of a template. @throws Error if it does not exist. */
  change(id: string, status: TemplateStatus, reason: string): SimulatedTemplate {
    const template = this.byId.get(id);
    if (!template) throw new Error(`The simulator has no template with the ID "${id}"`);
    return this.keep({ ...template, status, rejected_reason: reason });
  }

  /** Removes a template. @throws Error if it does not exist. */
  remove(id: string): void {
    if (!this.byId.delete(id)) throw new Error(`The simulator has no template with the ID "${id}"`);
  }

  list(): SimulatedTemplate[] {
    return [...this.byId.values()];
  }

  of(businessAccountId: string): SimulatedTemplate[] {
    return this.list().filter((template) => template.businessAccountId === businessAccountId);
  }

  find(businessAccountId: string, name: string, language: string): SimulatedTemplate | undefined {
    return this.of(businessAccountId).find((template) => template.name === name && template.language === language);
  }

  private keep(template: SimulatedTemplate): SimulatedTemplate {
    const kept = deepFrozen(structuredClone(template));
    this.byId.set(kept.id, kept);
    return kept;
  }
}
