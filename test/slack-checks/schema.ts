import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { sharedFolder } from '../shared.ts';
import { isObject, partsOf, type Shape } from './read.ts';

/** The derived description of Block Kit; undefined where it is not here: the rules by hand then stand alone. */
export function readBlockKit(): Shape | undefined {
  if (!sharedFolder) return undefined;
  const path = join(sharedFolder, 'specs/derived/slack-block-kit.schema.json');
  if (!existsSync(path)) return undefined;
  known ??= JSON.parse(readFileSync(path, 'utf8')) as Shape;
  return known;
}

let known: Shape | undefined;

type Definitions = Record<string, Shape>;

interface Validators {
  /** By the name of a definition. */
  of(name: string): ValidateFunction;
  blocks: ReadonlyMap<string, string>;
  elements: ReadonlyMap<string, string>;
}

const prepared = new WeakMap<Shape, Validators>();

/** What the description finds wrong with blocks, each block by the definition of its type. */
export function blockSchemaProblems(blocks: readonly unknown[], blockKit = readBlockKit()): string[] {
  if (!blockKit) return [];
  const validators = prepare(blockKit);
  return blocks.flatMap((block, index) => {
    const type = isObject(block) ? String(block.type) : '';
    const name = validators.blocks.get(type);
    if (!name) return [`block ${index}: no block is a "${type}"`];
    return problemsOf(validators, name, block).map((problem) => `block ${index} (${type}): ${problem}`);
  });
}

/** What the description finds wrong with a view, its blocks aside. */
export function viewSchemaProblems(view: Shape, blockKit = readBlockKit()): string[] {
  if (!blockKit) return [];
  const name = view.type === 'home' ? 'HomeView' : 'ModalView';
  return said(prepare(blockKit).of(name), { ...view, blocks: [] });
}

/** What the description finds wrong with a message's metadata. */
export function metadataSchemaProblems(metadata: unknown, blockKit = readBlockKit()): string[] {
  return blockKit ? said(prepare(blockKit).of('MessageMetadata'), metadata) : [];
}

/** The smallest part that is wrong says it best: a union says only that nothing fits. */
function problemsOf(validators: Validators, name: string, block: unknown): string[] {
  const whole = said(validators.of(name), block);
  if (whole.length === 0) return [];
  const inner = partsOf(block).flatMap((part) => {
    const element = validators.elements.get(String(part.type));
    if (!element) return [`no element is a "${String(part.type)}"`];
    return said(validators.of(element), part).map((problem) => `${String(part.type)}: ${problem}`);
  });
  return inner.length > 0 ? inner : whole;
}

function said(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).slice(0, 4);
  return errors.map(
    ({ instancePath, message = '', params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
}

function prepare(blockKit: Shape): Validators {
  const done = prepared.get(blockKit);
  if (done) return done;
  const definitions = withLongValues(blockKit.definitions as Definitions);
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    logger: false,
    inlineRefs: false,
    validateSchema: false,
    meta: false,
  });
  ajv.addSchema({ ...blockKit, definitions, $id: 'block-kit' }, 'block-kit');
  const compiled = new Map<string, ValidateFunction>();
  const union = (definitions.KnownBlock?.anyOf ?? []) as { $ref: string }[];
  const names = union.map(({ $ref }) => $ref.replace('#/definitions/', ''));
  const validators: Validators = {
    of(name) {
      const validate = compiled.get(name) ?? ajv.compile({ $ref: `block-kit#/definitions/${name}` });
      compiled.set(name, validate);
      return validate;
    },
    blocks: byType(definitions, names),
    elements: byType(
      definitions,
      Object.keys(definitions).filter((name) => !names.includes(name) && !/View$/.test(name)),
    ),
  };
  prepared.set(blockKit, validators);
  return validators;
}

/** The types' comments say 75, the documentation 150 (docs.slack.dev/reference/block-kit/composition-objects/option-object, 2026-11). */
function withLongValues(definitions: Definitions): Definitions {
  const copy = structuredClone(definitions);
  for (const name of ['PlainTextOption', 'MrkdwnOption']) {
    const properties = copy[name]?.properties as Record<string, Shape> | undefined;
    if (properties?.value) properties.value.maxLength = 150;
  }
  return copy;
}

function byType(definitions: Definitions, names: readonly string[]): Map<string, string> {
  const pairs = names.flatMap((name) => typesOf(definitions[name]).map((type) => [type, name] as const));
  // The first name stands: later ones are kinds of it.
  return new Map(pairs.reverse());
}

function typesOf(definition: Shape | undefined): string[] {
  if (!definition) return [];
  const variants = Array.isArray(definition.anyOf) ? (definition.anyOf as Shape[]) : [definition];
  const types = variants.map(({ properties }) => (properties as Record<string, Shape> | undefined)?.type);
  return types.flatMap((type) => (typeof type?.const === 'string' ? [type.const] : []));
}
