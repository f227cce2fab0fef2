import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import type { FormError } from './refusal.ts';
import type { Shape } from './state.ts';

/** Limits of a message (Discord's documentation of messages and components, 2026-08). */
const MESSAGE_LIMITS = {
  content: 2000,
  embedTexts: 6000,
  components: 40,
  displayedCharacters: 4000,
  rows: 5,
  buttonsInRow: 5,
  options: 25,
  sectionTexts: 3,
} as const;

/** Above so many bytes of text Discord answers 500; nowhere documented (discord-api-docs issue 8554). */
export const MOST_TEXT_BYTES = 10_170;

/** A component with where it stands. */
export interface Placed {
  component: Shape;
  path: string;
  parent?: Shape;
}

/** Every component of a message, nested ones after the one that holds them. */
export function flatten(components: unknown, path = 'components', parent?: Shape): Placed[] {
  if (!Array.isArray(components)) return [];
  return (components as Shape[]).flatMap((component, index) => {
    const here = `${path}.${index}`;
    const { accessory } = component;
    return [
      { component, path: here, ...(parent ? { parent } : {}) },
      ...flatten(component.components, `${here}.components`, component),
      ...(accessory ? [{ component: accessory as Shape, path: `${here}.accessory`, parent: component }] : []),
    ];
  });
}

/** What the schema does not say of a message, by hand; `flags` are those that it will have. */
export function checkMessage(body: Shape, flags: number): FormError[] {
  const placed = flatten(body.components);
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  return [
    ...checkContent(body, isV2),
    ...(isV2 ? checkV2(placed) : checkV1(placed)),
    ...placed.flatMap(checkComponent),
    ...checkIds(placed),
    ...checkMentions(body),
  ];
}

function error(path: string, code: string, message: string): FormError {
  return { path, code, message };
}

function tooMany(path: string, most: number): FormError {
  return error(path, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most} in length.`);
}

function tooLong(path: string, most: number): FormError {
  return error(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
}

function checkContent({ content, embeds, poll, sticker_ids }: Shape, isV2: boolean): FormError[] {
  const errors: FormError[] = [];
  if (isV2) {
    const old = { content, embeds, poll, sticker_ids };
    for (const [name, value] of Object.entries(old)) {
      const isThere = Array.isArray(value) ? value.length > 0 : Boolean(value);
      const message = `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
      if (isThere) errors.push(error(name, 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message));
    }
  }
  if (String(content ?? '').length > MESSAGE_LIMITS.content)
    errors.push(tooLong('content', MESSAGE_LIMITS.content));
  if (embedCharacters(embeds) > MESSAGE_LIMITS.embedTexts) {
    errors.push(error('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000'));
  }
  return errors;
}

function embedCharacters(embeds: unknown): number {
  if (!Array.isArray(embeds)) return 0;
  const length = (value: unknown) => (typeof value === 'string' ? value.length : 0);
  return (embeds as Shape[])
    .flatMap((embed) => [
      length(embed.title),
      length(embed.description),
      length((embed.footer as Shape | undefined)?.text),
      length((embed.author as Shape | undefined)?.name),
      ...((embed.fields ?? []) as Shape[]).map(({ name, value }) => length(name) + length(value)),
    ])
    .reduce((sum, one) => sum + one, 0);
}

const OLD_TOP: readonly unknown[] = [ComponentType.ActionRow];
const NEW_ONLY: readonly unknown[] = [
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.Thumbnail,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
  ComponentType.Container,
];

function checkV1(placed: readonly Placed[]): FormError[] {
  const top = placed.filter(({ parent }) => !parent);
  const isNew = ({ component }: Placed) =>
    NEW_ONLY.includes(component.type) || !OLD_TOP.includes(component.type);
  const errors = top
    .filter(isNew)
    .map(({ path }) =>
      error(`${path}.type`, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).'),
    );
  return top.length > MESSAGE_LIMITS.rows ? [...errors, tooMany('components', MESSAGE_LIMITS.rows)] : errors;
}

function checkV2(placed: readonly Placed[]): FormError[] {
  const errors: FormError[] = [];
  if (placed.length > MESSAGE_LIMITS.components) {
    const message = `Total number of components (${placed.length}) exceeds the maximum of 40`;
    errors.push(error('components', 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message));
  }
  if (displayedCharacters(placed) > MESSAGE_LIMITS.displayedCharacters) {
    const message = 'The total displayable text size exceeds maximum of 4000';
    errors.push(error('components', 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message));
  }
  return errors;
}

function displayedCharacters(placed: readonly Placed[]): number {
  return texts(placed).reduce((sum, text) => sum + text.length, 0);
}

function texts(placed: readonly Placed[]): string[] {
  return placed
    .filter(({ component }) => component.type === ComponentType.TextDisplay)
    .map(({ component }) => String(component.content ?? ''));
}

/** Bytes of everything that is text in the components, labels and identifiers too. */
export function textBytes(components: unknown): number {
  if (typeof components === 'string') return Buffer.byteLength(components);
  if (typeof components !== 'object' || components === null) return 0;
  return Object.values(components).reduce<number>((sum, value) => sum + textBytes(value), 0);
}

const SELECTS: readonly unknown[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];
const STYLE_LINK = 5;
const STYLE_PREMIUM = 6;

function checkComponent({ component, path, parent }: Placed): FormError[] {
  switch (component.type) {
    case ComponentType.ActionRow:
      return checkRow(component, path);
    case ComponentType.Button:
      return checkButton(component, path);
    case ComponentType.StringSelect:
      return checkSelect(component, path);
    case ComponentType.Section:
      return checkSection(component, path);
    case ComponentType.TextDisplay:
      return component.content
        ? []
        : [error(`${path}.content`, 'BASE_TYPE_REQUIRED', 'This field is required')];
    case ComponentType.Container:
      return parent
        ? [error(`${path}.type`, 'UNION_TYPE_CHOICES', 'A container stands at the top only.')]
        : [];
    default:
      return [];
  }
}

function checkRow({ components }: Shape, path: string): FormError[] {
  const children = (Array.isArray(components) ? components : []) as Shape[];
  const selects = children.filter(({ type }) => SELECTS.includes(type)).length;
  if (children.length === 0) return [tooMany(`${path}.components`, MESSAGE_LIMITS.buttonsInRow)];
  if (selects > 0 && children.length > 1) {
    const message = 'The specified component exceeds the maximum width';
    return [error(`${path}.components`, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message)];
  }
  return children.length > MESSAGE_LIMITS.buttonsInRow
    ? [tooMany(`${path}.components`, MESSAGE_LIMITS.buttonsInRow)]
    : [];
}

function checkButton({ custom_id, url, label, emoji, style }: Shape, path: string): FormError[] {
  const errors: FormError[] = [];
  const isLink = style === STYLE_LINK;
  const hasOwnId = !isLink && style !== STYLE_PREMIUM;
  if (hasOwnId && !custom_id) {
    errors.push(error(`${path}.custom_id`, 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required'));
  }
  if (isLink && (!url || custom_id)) {
    errors.push(error(`${path}.url`, 'BUTTON_COMPONENT_INVALID_URL', 'A link has a URL and no custom id'));
  }
  if (isLink && url && !/^(https?|discord):\/\//.test(String(url))) {
    errors.push(error(`${path}.url`, 'URL_TYPE_INVALID_SCHEME', `Scheme "${url}" is not supported.`));
  }
  if (!label && !emoji && style !== STYLE_PREMIUM) {
    errors.push(error(path, 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required'));
  }
  return errors;
}

function checkSelect({ options, min_values, max_values }: Shape, path: string): FormError[] {
  const choices = (Array.isArray(options) ? options : []) as Shape[];
  const errors: FormError[] = [];
  if (choices.length === 0 || choices.length > MESSAGE_LIMITS.options) {
    errors.push(tooMany(`${path}.options`, MESSAGE_LIMITS.options));
  }
  choices.forEach(({ value }, index) => {
    const isRepeated = choices.findIndex((other) => other.value === value) < index;
    const message = 'The specified option value is already used';
    if (isRepeated)
      errors.push(
        error(`${path}.options.${index}.value`, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', message),
      );
    for (const name of ['label', 'value']) {
      if (!choices[index]?.[name])
        errors.push(
          error(`${path}.options.${index}.${name}`, 'BASE_TYPE_REQUIRED', 'This field is required'),
        );
    }
  });
  const most = Number(max_values ?? 1);
  if (most > choices.length || Number(min_values ?? 1) > most) {
    errors.push(error(`${path}.max_values`, 'NUMBER_TYPE_MAX', 'More values than options'));
  }
  return errors;
}

function checkSection({ components, accessory }: Shape, path: string): FormError[] {
  const children = (Array.isArray(components) ? components : []) as Shape[];
  const errors: FormError[] = [];
  const isFull = children.length >= 1 && children.length <= MESSAGE_LIMITS.sectionTexts;
  if (!isFull) errors.push(tooMany(`${path}.components`, MESSAGE_LIMITS.sectionTexts));
  if (!accessory) errors.push(error(`${path}.accessory`, 'BASE_TYPE_REQUIRED', 'This field is required'));
  if (children.some(({ type }) => type !== ComponentType.TextDisplay)) {
    errors.push(error(`${path}.components`, 'UNION_TYPE_CHOICES', 'A section holds texts only.'));
  }
  return errors;
}

function checkIds(placed: readonly Placed[]): FormError[] {
  const seen = new Set<unknown>();
  return placed.flatMap(({ component: { custom_id }, path }) => {
    if (custom_id === undefined) return [];
    const isRepeated = seen.has(custom_id);
    seen.add(custom_id);
    const message = 'Component custom id cannot be duplicated';
    return isRepeated ? [error(`${path}.custom_id`, 'COMPONENT_CUSTOM_ID_DUPLICATED', message)] : [];
  });
}

/** Somebody may not be named both by hand and by kind. */
function checkMentions({ allowed_mentions }: Shape): FormError[] {
  const { parse, users, roles } = (allowed_mentions ?? {}) as {
    parse?: string[];
    users?: string[];
    roles?: string[];
  };
  const message = 'parse and an explicit list exclude each other';
  const clash = (kind: string, list: string[] | undefined) =>
    parse?.includes(kind) && list && list.length > 0;
  return clash('users', users) || clash('roles', roles)
    ? [error('allowed_mentions', 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message)]
    : [];
}

/** Is there nothing in it that anybody could see? */
export function isEmpty(
  { content, embeds, components, sticker_ids, poll, attachments }: Shape,
  files: number,
): boolean {
  const lists = [embeds, components, sticker_ids, attachments];
  const hasList = lists.some((list) => Array.isArray(list) && list.length > 0);
  return !content && !hasList && !poll && files === 0;
}
