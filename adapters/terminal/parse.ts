import type { Command } from '../../src/command.ts';
import { MistypedError, UsageError } from '../../src/errors.ts';
import { textsFor } from '../../src/texts/index.ts';
import { readTyped, type Typed, type Writing } from '../../src/typed.ts';

/** In a shell: `paperwire paper search diffusion --limit 5`. */
const IN_SHELL: Writing = {
  prefix: 'paperwire paper',
  option: (name) => `--${name}`,
  texts: textsFor(undefined),
};

/** Reads a command as typed in a shell, which has taken the quotes away. Errors: `UsageError` with a sentence. */
export function parseInvocation(given: readonly string[], commands: readonly Command[]): Typed {
  try {
    return readTyped(given, commands, IN_SHELL);
  } catch (error) {
    throw error instanceof MistypedError ? new UsageError(error.message, { cause: error }) : error;
  }
}
