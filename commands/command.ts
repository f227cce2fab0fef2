import type { Command, Option } from '../src/command.ts';
import { summaryIn } from '../src/texts/index.ts';

/** An option as commands write it: what it does stands in the catalogue of texts. */
export type WrittenOption = Omit<Option, 'summary'>;

/** A command as its file writes it. */
export interface WrittenCommand extends Omit<Command, 'summary' | 'options'> {
  options: readonly WrittenOption[];
}

/** A command with what it and its options do, in the usual language. Errors: `TypeError` for what the catalogue lacks. */
export function createCommand({ name, options, ...rest }: WrittenCommand): Command {
  return {
    name,
    summary: summaryOf(name),
    options: options.map((option) => ({ ...option, summary: summaryOf(name, option.name) })),
    ...rest,
  };
}

function summaryOf(command: string, option?: string): string {
  const summary = summaryIn(undefined, command, option);
  if (summary === undefined)
    throw new TypeError(`The texts do not say what "${command}" ${option ?? ''} does.`);
  return summary;
}
