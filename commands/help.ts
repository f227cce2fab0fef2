import type { Command, Option } from '../src/command.ts';
import { CommandError } from '../src/errors.ts';
import { answer, text } from './cards.ts';

/** Makes the command that explains the others; it is given the whole list, itself included. */
export function createHelpCommand(list: () => readonly Command[]): Command {
  return {
    name: 'help',
    summary: 'Explain the commands, or one of them',
    options: [{ name: 'command', summary: 'The command to explain', type: 'text' }],
    audience: 'member',
    example: 'help command:search',
    async run({ options, member }) {
      if (options.command === undefined) {
        const open = list().filter(({ audience }) => audience === 'member' || member.isManager);
        const rows = open.map(({ name, summary }) => ({ name, value: summary }));
        return answer(
          [text('Paperwire', ['Trending AI papers, searched and followed from here.'], rows)],
          rows,
        );
      }
      const name = String(options.command).toLowerCase().trim();
      const command = list().find((one) => one.name === name);
      if (!command) throw new CommandError(`There is no command "${name}". "help" lists the ones there are.`);
      const rows = command.options.map((option) => ({ name: option.name, value: optionText(option) }));
      return answer([text(command.name, [`${command.summary}.`, `Example: ${command.example}`], rows)]);
    },
  };
}

function optionText({ summary, choices, isRequired }: Option): string {
  return `${summary}${choices ? ` (${choices.join(', ')})` : ''}${isRequired ? '; required' : ''}`;
}
