import { allOf, type Component, componentsOf, isObject, KIND, optionsOf, stringsIn } from './message.ts';
import { schemaProblems } from './schema.ts';

/** `IS_COMPONENTS_V2`. */
const COMPONENTS_V2 = 1 << 15;
/** Undocumented: above it Discord answers 500 (discord/discord-api-docs#8554). */
const MAX_BYTES = 10_170;

/** What Discord would refuse in a message with Components V2, or should; empty for a good one. */
export function checkMessage(body: unknown): string[] {
  const top = componentsOf(body);
  const all = allOf(top);
  return [
    ...flagProblems(body),
    ...topProblems(top),
    ...sumProblems(all, body),
    ...idProblems(all),
    ...all.flatMap(componentProblems),
    ...schemaProblems(body),
  ];
}

function flagProblems(body: unknown): string[] {
  if (!isObject(body)) return ['no body'];
  const { flags, content, embeds, allowed_mentions: mentions } = body;
  return [
    ...unless((Number(flags) & COMPONENTS_V2) !== 0, 'components without their flag'),
    ...unless(content === undefined && embeds === undefined, 'content or embeds beside components'),
    ...unless(isObject(mentions) && Array.isArray(mentions.parse), 'no allowed_mentions'),
  ];
}

function topProblems(top: readonly Component[]): string[] {
  const kinds: readonly number[] = [KIND.container, KIND.text, KIND.row, KIND.section];
  return [
    ...unless(top.length > 0, 'empty message'),
    ...top.flatMap(({ type }) => unless(kinds.includes(type), `${type} at the top`)),
    ...top.flatMap((one) =>
      one.components.flatMap(({ type }) => unless(type !== KIND.container, 'a container in another')),
    ),
  ];
}

function sumProblems(all: readonly Component[], body: unknown): string[] {
  const texts = all.filter(({ type }) => type === KIND.text).map(({ content }) => String(content));
  const characters = texts.join('').length;
  const bytes = Buffer.byteLength(stringsIn(body).join(''));
  const media = all.filter(({ type }) => type === KIND.thumbnail).length;
  return [
    ...unless(all.length <= 40, `${all.length} components`),
    ...unless(characters <= 4000, `${characters} displayed characters`),
    ...unless(bytes <= MAX_BYTES, `${bytes} bytes of text`),
    ...unless(media <= 64, `${media} media`),
    ...unless(
      stringsIn(body).every((text) => text.isWellFormed()),
      'half a surrogate pair',
    ),
  ];
}

function idProblems(all: readonly Component[]): string[] {
  const ids = all.flatMap(({ custom_id: id }) => (id === undefined ? [] : [String(id)]));
  return [
    ...unless(new Set(ids).size === ids.length, 'the same custom_id twice'),
    ...unless(ids.length > 0, 'no press that a mark could ride in'),
    ...ids.flatMap((id) => unless(/^\S{1,100}$/u.test(id), `custom_id "${id}"`)),
  ];
}

function componentProblems(one: Component): string[] {
  switch (one.type) {
    case KIND.row:
      return rowProblems(one);
    case KIND.button:
      return buttonProblems(one);
    case KIND.select:
      return selectProblems(one);
    case KIND.section: {
      const isText = one.components.every(({ type }) => type === KIND.text);
      const { length } = one.components;
      return unless(
        length >= 1 && length <= 3 && isText && one.accessory !== undefined,
        'a section without its parts',
      );
    }
    case KIND.text:
      return unless(String(one.content).trim() !== '', 'an empty text');
    default:
      return [];
  }
}

function rowProblems({ components }: Component): string[] {
  const selects = components.filter(({ type }) => type === KIND.select).length;
  const isRow =
    selects === 1 ? components.length === 1 : components.every(({ type }) => type === KIND.button);
  return unless(isRow && components.length >= 1 && components.length <= 5, 'a row of anything');
}

function buttonProblems({ style, url, custom_id: id, label, emoji }: Component): string[] {
  const isLink = style === 5;
  return [
    ...unless(
      isLink ? url !== undefined && id === undefined : url === undefined && id !== undefined,
      'a button for nothing',
    ),
    ...unless(emoji !== undefined || isText(label, 80), `a button called "${String(label)}"`),
    ...unless(url === undefined || String(url).length <= 512, 'a long link'),
  ];
}

function selectProblems(one: Component): string[] {
  const options = optionsOf(one);
  const values = options.map(({ value }) => value);
  const { min_values: least = 1, max_values: most = 1 } = one as { min_values?: number; max_values?: number };
  return [
    ...unless(options.length >= 1 && options.length <= 25, `${options.length} options`),
    ...unless(new Set(values).size === values.length, 'the same value twice'),
    ...unless(least <= most && most <= options.length, 'more to choose than there is'),
    ...options.flatMap(({ label, value }) =>
      unless(isText(label, 100) && isText(value, 100), `an option "${String(label)}" for "${String(value)}"`),
    ),
  ];
}

/** Discord trims: what is white at its ends comes back as something else. */
function isText(value: unknown, max: number): boolean {
  return typeof value === 'string' && value !== '' && value.trim() === value && value.length <= max;
}

function unless(isGood: boolean, problem: string): string[] {
  return isGood ? [] : [problem];
}
