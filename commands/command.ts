import type { Command, Option } from '../src/command.ts';
import { type Named, summaryIn } from '../src/texts/index.ts';

/** An option as commands write it: what it does stands in the catalogue of texts, or in what the command `says`. */
export type WrittenOption = Omit<Option, 'summary'>;

/** A command as its file writes it. */
export interface WrittenCommand extends Omit<Command, 'summary' | 'options'> {
  options: readonly WrittenOption[];
}

/** A command with what it and its options do, in the usual language. Errors: `TypeError` for what no text says. */
export function createCommand({ options, ...rest }: WrittenCommand): Command {
  return {
    ...rest,
    summary: summaryOf(rest),
    options: options.map((option) => ({ ...option, summary: summaryOf(rest, option.name) })),
  };
}

function summaryOf(command: Named, option?: string): string {
  const summary = summaryIn(undefined, command, option);
  if (summary === undefined)
    throw new TypeError(`The texts do not say what "${command.name}" ${option ?? ''} does.`);
  return summary;
}
