/** The parts of JSON Schema that rules need and OpenAPI 3.0 supports. */
export interface JsonSchema {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  enum?: string[];
  /** An ECMAScript pattern that works with and without the `u` flag. */
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
  additionalProperties?: boolean | JsonSchema;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  not?: JsonSchema;
}

/** What JSON Schema can express of a rule. */
export interface RuleSchema {
  /** The schema of the property's value. */
  value?: JsonSchema;
  /** The schema of the object with the property. */
  object?: JsonSchema;
  /** The schema of the object's fields that are not declared. Without it, there are none. */
  otherFields?: JsonSchema;
  /** The `type` of objects that may have the property. */
  onlyForType?: string;
  /** No object may have the property. */
  never?: true;
  /** The rule demands more than the schema expresses, so its message is added as a description. */
  inWords?: true;
}
