import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';
import type { FormError } from './refusal.ts';
import type { Shape } from './state.ts';

/** Limits of application commands (Discord's documentation, 2026-08). */
const COMMAND_LIMITS = {
  chatInput: 100,
  contextMenu: 15,
  options: 25,
  choices: 25,
  text: 100,
  characters: 8000,
} as const;

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const SUB: readonly unknown[] = [
  ApplicationCommandOptionType.Subcommand,
  ApplicationCommandOptionType.SubcommandGroup,
];

/** What is wrong with a whole set of commands that is to replace the present one. */
export function checkCommands(commands: readonly Shape[]): FormError[] {
  const isMenu = ({ type }: Shape) => (type ?? 1) !== ApplicationCommandType.ChatInput;
  const counts = [
    [commands.filter((command) => !isMenu(command)).length, COMMAND_LIMITS.chatInput],
    [commands.filter(isMenu).length, COMMAND_LIMITS.contextMenu],
  ] as const;
  const tooMany = counts.some(([count, most]) => count > most);
  return [
    ...(tooMany ? [error('', 'APPLICATION_COMMAND_TOO_MANY', 'Too many commands')] : []),
    ...commands.flatMap((command, index) => checkCommand(command, String(index), isMenu(command))),
    ...repeats(commands.map(({ name, type }) => `${type ?? 1} ${name}`)).map((index) =>
      error(
        `${index}.name`,
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      ),
    ),
  ];
}

function error(path: string, code: string, message: string): FormError {
  return { path, code, message };
}

function repeats(names: readonly unknown[]): number[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
}

function checkCommand(command: Shape, path: string, isMenu: boolean): FormError[] {
  const characters = countCharacters(command);
  const message = `Command exceeds maximum size (${characters} of ${COMMAND_LIMITS.characters})`;
  return [
    ...(isMenu ? checkMenu(command, path) : checkTexts(command, path)),
    ...(characters > COMMAND_LIMITS.characters
      ? [error(path, 'APPLICATION_COMMAND_TOO_LARGE', message)]
      : []),
    ...checkOptions(command.options, `${path}.options`, 0),
  ];
}

function checkMenu({ name, description, options }: Shape, path: string): FormError[] {
  const length = String(name ?? '').length;
  const isNamed = length >= 1 && length <= 32;
  return [
    ...(isNamed
      ? []
      : [error(`${path}.name`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 32 in length.')]),
    ...(description
      ? [error(`${path}.description`, 'BASE_TYPE_MAX_LENGTH', 'Context menus have none.')]
      : []),
    ...(Array.isArray(options) && options.length > 0
      ? [error(`${path}.options`, 'BASE_TYPE_MAX_LENGTH', 'Context menus have none.')]
      : []),
  ];
}

/** Names and descriptions, with those of every language. */
function checkTexts(one: Shape, path: string): FormError[] {
  const { name, name_localizations, description, description_localizations } = one;
  const names = { name, ...prefixed('name_localizations', name_localizations) };
  const texts = { description, ...prefixed('description_localizations', description_localizations) };
  const badNames = Object.entries(names).filter(([, value]) => {
    const text = String(value ?? '');
    return !NAME.test(text) || text !== text.toLowerCase();
  });
  const badTexts = Object.entries(texts).filter(([, value]) => {
    const { length } = String(value ?? '');
    return length < 1 || length > COMMAND_LIMITS.text;
  });
  const nameMessage = 'String value did not match validation regex.';
  return [
    ...badNames.map(([key]) => error(`${path}.${key}`, 'APPLICATION_COMMAND_INVALID_NAME', nameMessage)),
    ...badTexts.map(([key]) =>
      error(`${path}.${key}`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.'),
    ),
  ];
}

function prefixed(prefix: string, texts: unknown): Shape {
  const entries = Object.entries((texts ?? {}) as Shape);
  return Object.fromEntries(entries.map(([locale, text]) => [`${prefix}.${locale}`, text]));
}

function checkOptions(value: unknown, path: string, depth: number): FormError[] {
  const options = (Array.isArray(value) ? value : []) as Shape[];
  const errors = options.flatMap((option, index) => checkOption(option, `${path}.${index}`, depth));
  if (options.length > COMMAND_LIMITS.options) {
    errors.push(error(path, 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.'));
  }
  const subs = options.filter(({ type }) => SUB.includes(type)).length;
  if (subs > 0 && subs < options.length) {
    errors.push(
      error(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-commands and other options do not mix'),
    );
  }
  const firstOptional = options.findIndex(({ required }) => !required);
  const lateRequired = options.some(
    ({ required }, index) => required && firstOptional >= 0 && index > firstOptional,
  );
  if (lateRequired) {
    const message = 'Required options must be placed before non-required options';
    errors.push(error(path, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message));
  }
  for (const index of repeats(options.map(({ name }) => name))) {
    const message = 'Option names must be unique';
    errors.push(error(`${path}.${index}.name`, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', message));
  }
  return errors;
}

function checkOption(option: Shape, path: string, depth: number): FormError[] {
  const isGroup = option.type === ApplicationCommandOptionType.SubcommandGroup;
  const isTooDeep = SUB.includes(option.type) && (isGroup ? depth > 0 : depth > 1);
  return [
    ...checkTexts(option, path),
    ...checkChoices(option, path),
    ...(isTooDeep
      ? [
          error(
            `${path}.type`,
            'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
            'Sub-commands are nested too deep',
          ),
        ]
      : []),
    ...checkOptions(option.options, `${path}.options`, depth + 1),
  ];
}

function checkChoices({ choices, autocomplete }: Shape, path: string): FormError[] {
  const list = (Array.isArray(choices) ? choices : []) as Shape[];
  const errors: FormError[] = [];
  if (list.length > COMMAND_LIMITS.choices) {
    errors.push(error(`${path}.choices`, 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.'));
  }
  if (autocomplete && list.length > 0) {
    const message = 'Autocomplete may not be set to true if choices are present';
    errors.push(error(`${path}.autocomplete`, 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID', message));
  }
  list.forEach(({ name, name_localizations, value }, index) => {
    const names = [name, ...Object.values((name_localizations ?? {}) as Shape)].map((text) =>
      String(text ?? ''),
    );
    const isBad = names.some(({ length }) => length < 1 || length > COMMAND_LIMITS.text);
    const isLong = typeof value === 'string' && value.length > COMMAND_LIMITS.text;
    const at = `${path}.choices.${index}`;
    if (isBad || isLong)
      errors.push(error(at, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.'));
  });
  return errors;
}

/** As Discord counts a command: names, descriptions and values, of each the longest localisation. */
function countCharacters(one: Shape): number {
  const longest = (text: unknown, localised: unknown) =>
    Math.max(
      ...[text ?? '', ...Object.values((localised ?? {}) as Shape)].map((value) => String(value).length),
    );
  const inner = [...((one.options ?? []) as Shape[]), ...((one.choices ?? []) as Shape[])];
  const own =
    longest(one.name, one.name_localizations) +
    longest(one.description, one.description_localizations) +
    (typeof one.value === 'string' ? one.value.length : 0);
  return inner.reduce((sum, child) => sum + countCharacters(child), own);
}
