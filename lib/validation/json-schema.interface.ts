/** A JSON Schema, as far as rules need it and OpenAPI 3.0 has it too. */
export interface JsonSchema {
  type?: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  enum?: string[];
  /** For the dialect of ECMAScript, with and without the flag `u`. */
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  not?: JsonSchema;
}

/** What JSON Schema can say of a rule. */
export interface RuleSchema {
  /** What the rule asks of the property's value. */
  value?: JsonSchema;
  /** What it asks of the object that holds the property. */
  object?: JsonSchema;
  /** The `type` of the objects that may have the property. */
  onlyForType?: string;
  /** No object may have the property. */
  never?: true;
  /** The rule asks for more than can be said so: its words are told too. */
  inWords?: true;
}
