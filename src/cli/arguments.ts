import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from '../errors.ts';

/** What a command takes, for parsing and for its help. */
export interface Arguments<T extends ParseArgsOptionsConfig> {
  /** The line after `Usage: `. */
  usage: string;
  options: T;
  /** One line an option, in the order shown. */
  help: { [K in keyof T]: string };
  /** What else its help tells: what it does, where it writes, an example. Lines as they are to be shown. */
  notes?: string;
}

/**
 * Parses a command's options; prints its help and gives undefined for `--help`.
 *
 * Errors: `UsageError` with a sentence for an unknown option, a missing value or a word too many.
 */
export function readArguments<const T extends ParseArgsOptionsConfig>(args: string[], spec: Arguments<T>) {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(helpText(spec));
    return undefined;
  }
  try {
    return parseArgs({ args, options: spec.options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split('. To specify a positional');
    throw new UsageError(`${sentence?.replace(/\.$/, '')}. See: ${commandIn(spec.usage)} --help`);
  }
}

/** The words of a usage that name the command: what follows is to be filled in, or is the shell's. */
function commandIn(usage: string): string {
  return /^paperwire(?: [a-z]+(?![|\w]))+/.exec(usage)?.[0] ?? 'paperwire';
}

function helpText<T extends ParseArgsOptionsConfig>({ usage, options, help, notes }: Arguments<T>): string {
  const names = Object.keys(options).map(
    (name) => `--${name}${options[name]?.type === 'string' ? ' …' : ''}`,
  );
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.values<string>(help).map((line, index) => `  ${names[index]?.padEnd(width)}  ${line}`);
  const parts = [`Usage: ${usage}`, lines.join('\n'), notes ?? ''].filter((part) => part !== '');
  return `${parts.join('\n\n')}\n`;
}
