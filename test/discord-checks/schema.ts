import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { sharedFolder } from '../shared.ts';
import { isObject } from './message.ts';

let validator: ValidateFunction | undefined;

/**
 * What Discord's own OpenAPI document finds wrong with the body of a new message, misspelt keys included; empty where
 * the document is not here. The first call takes a second.
 */
export function schemaProblems(body: unknown): string[] {
  if (!sharedFolder) return [];
  validator ??= compile(join(sharedFolder, 'specs/discord/openapi.json'));
  if (validator(body)) return [];
  return (validator.errors ?? [])
    .slice(0, 20)
    .map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compile(path: string): ValidateFunction {
  const spec = closed(JSON.parse(readFileSync(path, 'utf8')));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv, ['uri', 'date-time']);
  ajv.addFormat('snowflake', /^\d{1,20}$/);
  ajv.addFormat('nonce', true);
  for (const name of ['int32', 'int64', 'double', 'float']) ajv.addFormat(name, true);
  ajv.addSchema(spec as object, 'discord');
  return ajv.compile({ $ref: 'discord#/components/schemas/MessageCreateRequest' });
}

/** Objects that a request is made of take no key that they do not name. */
function closed(spec: unknown): unknown {
  const schemas = (spec as { components: { schemas: Record<string, unknown> } }).components.schemas;
  for (const [name, schema] of Object.entries(schemas)) {
    if (/Request$/.test(name) && isObject(schema) && schema.type === 'object')
      schema.additionalProperties = false;
  }
  return spec;
}
