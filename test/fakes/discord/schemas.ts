import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { sharedFolder } from '../../shared.ts';
import type { FormError } from './refusal.ts';
import type { Route } from './route.ts';
import type { Shape } from './state.ts';

/** The official description of the API and the derived one of the gateway. */
export interface Specs {
  api: Shape;
  gateway: Shape;
}

let known: Specs | undefined;

/** The descriptions in `../shared/specs`; undefined where they are not here: the rules by hand then stand alone. */
export function readSpecs(): Specs | undefined {
  if (!sharedFolder) return undefined;
  const api = join(sharedFolder, 'specs/discord/openapi.json');
  const gateway = join(sharedFolder, 'specs/derived/discord-gateway.schema.json');
  if (!existsSync(api) || !existsSync(gateway)) return undefined;
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Shape;
  known ??= { api: read(api), gateway: read(gateway) };
  return known;
}

/** Holds what clients and the fake say to the descriptions. */
export interface Schemas {
  /** What is wrong with a request's body; also kept in `problems`. */
  checkRequest(route: Route, body: unknown): FormError[];
  /** Keeps what is wrong with an answer of the fake in `ownProblems`. */
  checkAnswer(route: Route, status: number, body: unknown): void;
  /** Keeps what is wrong with a gateway frame: of the `fake` in `ownProblems`, of a `client` in `problems`. */
  checkGateway(event: string, data: unknown, from: 'fake' | 'client'): void;
}

/** Two lists of sentences: what clients did wrong, and what this fake did. */
export interface Problems {
  problems: string[];
  ownProblems: string[];
}

type Validator = ValidateFunction | undefined;

/** One for all fakes of a process, as compiling takes its time. */
const compiled = new WeakMap<Specs, Validators>();

interface Validators {
  request(route: Route): Validator;
  answer(route: Route, status: number): Validator;
  gateway(name: string): Validator;
}

const FORMATS = {
  snowflake: /^(0|[1-9]\d{0,19})$/,
  nonce: /^.{0,25}$/s,
  int32: true,
  int64: true,
  int53: true,
} as const;

function prepare(specs: Specs): Validators {
  const addFormats = addFormatsModule.default;
  const options = { strict: false, allErrors: true, logger: false } as const;
  const api = new Ajv2020({ ...options, formats: FORMATS });
  const gateway = new Ajv({ ...options, formats: FORMATS });
  addFormats(api);
  addFormats(gateway);
  api.addSchema({ ...withMediaChannels(specs.api), $id: 'open' }, 'open');
  api.addSchema({ ...(closed(specs.api) as Shape), $id: 'closed' }, 'closed');
  gateway.addSchema(
    { ...specs.gateway, definitions: withFreeFlags(specs.gateway), $id: 'gateway' },
    'gateway',
  );
  const cache = new Map<string, Validator>();
  const once = (key: string, make: () => Validator) => {
    if (!cache.has(key)) cache.set(key, make());
    return cache.get(key);
  };
  const at = ({ method, path }: Route) => ['paths', path, method.toLowerCase()];
  const json = ['content', 'application/json', 'schema'];
  const compile = (root: string, steps: readonly string[]) => {
    const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')));
    return dig(specs.api, steps) ? api.compile({ $ref: `${root}#/${pointer.join('/')}` }) : undefined;
  };
  return {
    request: (route) =>
      once(`request ${route.method} ${route.path}`, () =>
        compile('closed', [...at(route), 'requestBody', ...json]),
      ),
    answer: (route, status) =>
      once(`${status} ${route.method} ${route.path}`, () =>
        compile('open', answerSteps(at(route), status, json)),
      ),
    gateway: (name) =>
      once(`gateway ${name}`, () => {
        const property = dig(specs.gateway, ['definitions', 'DiscordGateway', 'properties', name]);
        return property
          ? gateway.compile({ $ref: `gateway${(property as { $ref: string }).$ref}` })
          : undefined;
      }),
  };
}

/** The description has no word for media channels (kind 16), which the API's documentation tells of. */
function withMediaChannels(api: Shape): Shape {
  const copy = structuredClone(api);
  const kinds = dig(copy, ['components', 'schemas', 'GuildChannelResponse', 'properties', 'type']) as Shape;
  for (const key of ['enum', 'allOf']) delete kinds[key];
  kinds.enum = [0, 2, 4, 5, 13, 14, 15, 16];
  return copy;
}

/** Flags that have one bit so far were derived as that bit alone: none must be allowed too. */
function withFreeFlags({ definitions }: Shape): Shape {
  const entries = Object.entries(definitions as Record<string, Shape>);
  const isFlags = (name: string, one: Shape) => /Flags$/.test(name) && 'const' in one;
  return Object.fromEntries(
    entries.map(([name, one]) => [name, isFlags(name, one) ? { type: 'integer' } : one]),
  );
}

function answerSteps(at: readonly string[], status: number, json: readonly string[]): string[] {
  if (status === 429) return ['components', 'responses', 'ClientRatelimitedResponse', ...json];
  if (status >= 400) return ['components', 'responses', 'ClientErrorResponse', ...json];
  return [...at, 'responses', String(status), ...json];
}

function dig(tree: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((branch, step) => (branch as Shape | undefined)?.[step], tree);
}

/** The same description with no room for keys that it does not name, so that a misspelt one is seen. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closed(inner)]));
  const isOpen =
    typeof copy.properties === 'object' && copy.type !== undefined && copy.additionalProperties === undefined;
  return isOpen ? { ...copy, additionalProperties: false } : copy;
}

/** discord.js adds these to every body, also where the description has no room for them. */
function withoutAdditions(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { data, message, ...rest } = body as Shape;
  const kept = Object.entries(rest).filter(
    ([key, value]) => !(['tts', 'enforce_nonce'].includes(key) && value === false),
  );
  return {
    ...Object.fromEntries(kept),
    ...(data === undefined ? {} : { data: withoutAdditions(data) }),
    ...(message === undefined ? {} : { message: withoutAdditions(message) }),
  };
}

/** Media have an id on the wire; the types that the gateway's description was derived from do not know it. */
function withoutMediaIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMediaIds);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key]) => !(key === 'id' && 'proxy_url' in value && !('filename' in value)),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutMediaIds(inner)]));
}

function sentences(validator: ValidateFunction, name: string, most = 6): string[] {
  const errors = (validator.errors ?? []).slice(0, most);
  return errors.map(
    ({ instancePath, message, params }) =>
      `${name} ${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
}

export function createSchemas(specs: Specs | undefined, { problems, ownProblems }: Problems): Schemas {
  if (!specs) return { checkRequest: () => [], checkAnswer: () => undefined, checkGateway: () => undefined };
  const validators = compiled.get(specs) ?? prepare(specs);
  compiled.set(specs, validators);
  return {
    checkRequest(route, body) {
      const validator = validators.request(route);
      if (!validator || validator(withoutAdditions(body))) return [];
      problems.push(...sentences(validator, `${route.method} ${route.path}`));
      return (validator.errors ?? []).slice(0, 6).map(({ instancePath, message = '' }) => ({
        path: instancePath.slice(1).replaceAll('/', '.'),
        code: 'SCHEMA_INVALID',
        message,
      }));
    },
    checkAnswer(route, status, body) {
      const validator = validators.answer(route, status);
      if (!validator || status >= 500) return;
      // Codes of form errors are words on the wire, numbers in the description.
      const { errors: _, ...rest } = status >= 400 ? (body as Shape) : {};
      if (validator(status >= 400 ? rest : body)) return;
      ownProblems.push(...sentences(validator, `${status} of ${route.method} ${route.path}`));
    },
    checkGateway(event, data, from) {
      const validator = validators.gateway(nameOf(event, data as Shape));
      if (!validator || validator(withoutMediaIds(data))) return;
      (from === 'fake' ? ownProblems : problems).push(...sentences(validator, event));
    },
  };
}

/** The description's name of an event: it tells two kinds of interaction apart and knows no others. */
function nameOf(event: string, { type, data }: Shape): string {
  if (event !== 'INTERACTION_CREATE') return event;
  const { type: commandType, component_type } = (data ?? {}) as Shape;
  if (type === 2 && commandType === 1) return 'INTERACTION_CREATE_slash';
  return type === 3 && component_type === 2 ? 'INTERACTION_CREATE_button' : event;
}
