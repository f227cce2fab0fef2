import type { Command, Option } from '../src/command.ts';
import type { Locale } from '../src/domain/locale.ts';
import { CommandError } from '../src/errors.ts';
import { summaryIn, textsFor } from '../src/texts/index.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';

/** Makes the command that explains the others; it is given the whole list, itself included. */
export function createHelpCommand(list: () => readonly Command[]): Command {
  return createCommand({
    name: 'help',
    options: [{ name: 'command', type: 'text', completedBy: ['command'] }],
    audience: 'member',
    isReading: true,
    example: 'help command:search',
    async run({ options, member, locale }) {
      const { help: say, host } = textsFor(locale);
      const isOpen = ({ audience }: Command) => audience === 'member' || member.isManager;
      if (options.command === undefined) {
        const rows = rowsOf(list().filter(isOpen), locale);
        return answer([text(say.title, [say.intro], rows)], rows);
      }
      const name = String(options.command).toLowerCase().trim();
      const command = list().find((one) => one.name === name);
      if (command) return answer([explain(command, locale)]);
      const family = list().filter((one) => one.name.startsWith(`${name} `));
      if (family.length === 0) throw new CommandError(host.noCommand(name), 'command');
      const rows = rowsOf(family.filter(isOpen), locale);
      if (rows.length === 0) throw new CommandError(host.managersOnly(name), 'command');
      return answer([text(say.family(name), [], rows)], rows);
    },
  });
}

/** What each command does. */
function rowsOf(commands: readonly Command[], locale: Locale | undefined): { name: string; value: string }[] {
  return commands.map((command) => ({
    name: command.name,
    value: summaryIn(locale, command) ?? command.summary,
  }));
}

function explain(command: Command, locale: Locale | undefined) {
  const { name, summary, options, example } = command;
  const { help: say } = textsFor(locale);
  const rows = options.map((option) => ({ name: option.name, value: optionText(command, option, locale) }));
  return text(name, [say.sentence(summaryIn(locale, command) ?? summary), say.example(example)], rows);
}

function optionText(
  command: Command,
  { name, summary, choices, isRequired }: Option,
  locale: Locale | undefined,
): string {
  const { help: say } = textsFor(locale);
  const does = summaryIn(locale, command, name) ?? summary;
  const told = choices ? say.choices(does, choices.join(', ')) : does;
  return isRequired ? say.required(told) : told;
}
