import type { Command, Invocation, Option, OptionValue } from '../../src/command.ts';
import { UsageError } from '../../src/errors.ts';

/**
 * Reads a command as typed in a shell: `search "gaussian splatting" --limit 5`, also `limit:5` and `--limit=5`.
 * Words without a name belong to the first text option.
 *
 * Errors: `UsageError` with a sentence for an unknown command or option, or a value of the wrong type.
 */
export function parseInvocation(
  given: readonly string[],
  commands: readonly Command[],
): Pick<Invocation, 'command' | 'options'> {
  // A name of two words may come in quotes: `"feed add" --zone UTC`.
  const words = [...(given[0]?.trim().split(/\s+/) ?? []), ...given.slice(1)];
  const command = findCommand(words, commands);
  const rest = words.slice(command.name.split(' ').length);
  const options: Record<string, OptionValue> = {};
  const loose: string[] = [];
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] as string;
    const named = readName(word, command);
    if (!named) {
      loose.push(word);
      continue;
    }
    const { option } = named;
    const isSaid = option.type !== 'flag' || YES_NO.includes(rest[index + 1] ?? '');
    const value = named.value ?? (isSaid ? rest[++index] : 'true');
    if (value === undefined) throw new UsageError(`--${option.name} needs a value. ${usage(command)}`);
    options[option.name] = readValue(option, value);
  }
  return { command: command.name, options: { ...readLoose(loose, command, options), ...options } };
}

const YES = ['true', 'yes', 'on'];
const YES_NO = [...YES, 'false', 'no', 'off'];

/** The longest command name that the words begin with. */
function findCommand(words: readonly string[], commands: readonly Command[]): Command {
  const said = words.map((word) => word.toLowerCase()).join(' ');
  const fitting = commands.filter(({ name }) => said === name || said.startsWith(`${name} `));
  const command = fitting.sort((one, other) => other.name.length - one.name.length)[0];
  if (command) return command;
  const family = commands.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => name);
  const known = family.length > 0 ? family : [...new Set(commands.map(({ name }) => name.split(' ')[0]))];
  throw new UsageError(
    `There is no command "${words.slice(0, 2).join(' ')}". There are: ${known.join(', ')}.`,
  );
}

/** The option that a word names; undefined for a loose word. A colon counts only after the name of an option. */
function readName(word: string, command: Command): { option: Option; value?: string } | undefined {
  const match = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? /^([a-z-]+):(.*)$/s.exec(word);
  if (!match) return undefined;
  const [, name, value] = match;
  const option = command.options.find((one) => one.name === name);
  if (option) return value === undefined ? { option } : { option, value };
  if (!word.startsWith('--')) return undefined;
  throw new UsageError(`"${command.name}" has no option --${name}. ${usage(command)}`);
}

function readValue({ name, type }: Option, value: string): OptionValue {
  if (type === 'text' || type === 'channel' || type === 'role') return value;
  if (type === 'flag') {
    if (['true', 'yes', 'on', 'false', 'no', 'off'].includes(value))
      return ['true', 'yes', 'on'].includes(value);
    throw new UsageError(`--${name} is true or false, not "${value}".`);
  }
  if (!/^-?\d{1,15}$/.test(value)) throw new UsageError(`--${name} is a whole number, not "${value}".`);
  return Number(value);
}

function readLoose(loose: readonly string[], command: Command, given: Record<string, OptionValue>) {
  if (loose.length === 0) return {};
  const option = command.options.find(({ type }) => type === 'text');
  if (option && given[option.name] === undefined) return { [option.name]: loose.join(' ') };
  throw new UsageError(`What does "${loose[0]}" mean? ${usage(command)}`);
}

function usage({ name, example }: Command): string {
  return `For example: paperwire paper ${example}. See: paperwire paper help ${name}`;
}
