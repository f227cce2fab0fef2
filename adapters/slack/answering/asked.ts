import type { Command } from '../../../src/command.ts';
import type { Press } from '../../../src/press.ts';
import { pressId, readAction, writePress } from '../cards/press.ts';

/** What is asked for: an invocation without what its caller adds. */
export type Asked = Press;

/** As the value of a button that is no card's own; undefined for what is too long for one. */
export function writeAsked(asked: Asked): string | undefined {
  return writePress(asked);
}

/** Reads such a value; undefined for what no command of the list is given by. */
export function readAsked(value: unknown, commands: readonly Command[]): Asked | undefined {
  return readAction({ action_id: pressId(0), value }, commands);
}

export function commandOf({ command }: Asked, commands: readonly Command[]): Command | undefined {
  return commands.find(({ name }) => name === command);
}
