import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { sharedFolder } from '../../shared.ts';
import { checkMessage, checkView } from '../../slack-checks/check.ts';
import { readBlockKit } from '../../slack-checks/schema.ts';
import type { Shape } from './state.ts';

/** The derived descriptions of what goes to Slack and of what comes from it. */
export interface Specs {
  blockKit: Shape;
  inbound: Shape;
}

let known: Specs | undefined;

/** The descriptions in `../shared/specs`; undefined where they are not here: the rules by hand then stand alone. */
export function readSpecs(): Specs | undefined {
  const blockKit = readBlockKit();
  if (!sharedFolder || !blockKit) return undefined;
  const path = join(sharedFolder, 'specs/derived/slack-inbound.schema.json');
  if (!existsSync(path)) return undefined;
  known ??= { blockKit, inbound: JSON.parse(readFileSync(path, 'utf8')) as Shape };
  return known;
}

/** Two lists of sentences: what clients did wrong, and what this fake did. */
export interface Problems {
  problems: string[];
  ownProblems: string[];
}

/** Holds what clients and the fake say to the descriptions and the rules by hand. */
export interface Schemas {
  /** What is wrong with a message or a view; also kept in `problems`. */
  check(what: 'message' | 'view', body: unknown, where: string): string[];
  /** Keeps what is wrong with something that the app is told in `ownProblems`. */
  checkInbound(kind: string, payload: Shape): void;
}

type Validators = (name: string) => ValidateFunction | undefined;

/** One for all fakes of a process, as compiling takes its time. */
const compiled = new WeakMap<Specs, Validators>();

export function createSchemas(specs: Specs | undefined, { problems, ownProblems }: Problems): Schemas {
  const validators = specs && (compiled.get(specs) ?? prepare(specs.inbound));
  if (specs && validators) compiled.set(specs, validators);
  return {
    check(what, body, where) {
      const blockKit = specs?.blockKit ?? false;
      const wrong = what === 'message' ? checkMessage(body, blockKit) : checkView(body, blockKit);
      problems.push(...wrong.map((one) => `${where}: ${one}`));
      return wrong;
    },
    checkInbound(kind, payload) {
      for (const [name, value] of partsOf(kind, payload)) {
        const validate = validators?.(name);
        if (!validate || validate(value)) continue;
        const errors = (validate.errors ?? []).slice(0, 4);
        ownProblems.push(
          ...errors.map(
            ({ instancePath, message, params }) =>
              `${name} ${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
          ),
        );
      }
    },
  };
}

function prepare(inbound: Shape): Validators {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    logger: false,
    inlineRefs: false,
    validateSchema: false,
    meta: false,
  });
  ajv.addSchema({ ...inbound, $id: 'inbound' }, 'inbound');
  const done = new Map<string, ValidateFunction>();
  return (name) => {
    const validate =
      done.get(name) ?? ajv.compile({ $ref: `inbound#/definitions/SlackInbound/properties/${name}` });
    done.set(name, validate);
    return validate;
  };
}

/** What the description knows of a payload: the whole, and the event in it. */
function partsOf(kind: string, payload: Shape): [string, unknown][] {
  if (kind === 'slash_commands') return [['command', payload]];
  if (kind === 'events_api') return eventParts(payload);
  const { type, actions } = payload;
  const rest = withoutEnterprise(payload);
  if (type === 'view_submission') {
    // The wire has it, the description only in the user of a button.
    const { username: _, ...user } = payload.user as Shape;
    return [['view', { ...rest, user }]];
  }
  const isButton = Array.isArray(actions) && actions.every((action: Shape) => action.type === 'button');
  // What is pressed in a view has no address to answer at; the description was made of messages.
  const url = payload.view === undefined ? {} : { response_url: '' };
  return type === 'block_actions' && isButton ? [['button', { ...url, ...rest }]] : [];
}

function eventParts(payload: Shape): [string, unknown][] {
  if (payload.type !== 'event_callback') return [];
  const { event_context: _, context_enterprise_id: __, ...envelope } = payload;
  const event = payload.event as Shape;
  // What an event has besides its type is described apart from its envelope.
  const whole: [string, unknown] = ['envelope', { ...envelope, event: { type: event.type } }];
  const name = event.type === 'reaction_removed' ? 'reaction_added' : String(event.type);
  const isKnown = name === 'reaction_added' || name === 'message';
  return isKnown ? [whole, [name, event.type === name ? event : { ...event, type: name }]] : [whole];
}

/** Null is legal on the wire, not in the description. */
function withoutEnterprise({ enterprise, ...payload }: Shape): Shape {
  return enterprise === null ? payload : { ...payload, ...(enterprise === undefined ? {} : { enterprise }) };
}
