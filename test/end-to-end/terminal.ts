import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import type { Program } from './program.ts';
import { eventually } from './running.ts';
import { textOf } from './text-of.ts';

/** Whether this machine has the `script` of util-linux, which gives a program a terminal. */
export const hasTerminals = /util-linux/.test(
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '',
);

/** A program in a terminal, and somebody who types. */
export interface AtTerminal {
  /** All that it has written, escape sequences too. */
  raw(): string;
  /** The same as words. */
  said(): string;
  /** Waits until it has said something beyond what was waited for before, then types. */
  answer(question: RegExp, keys: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
}

/** Keys that have no letter. */
export const KEYS = { enter: '\r', down: '\x1b[B', interrupt: '\x03' } as const;

/** Starts `paperwire` with these arguments in a terminal of its own; `columns` 0: one that does not tell its width. */
export function atTerminal(
  program: Pick<Program, 'folder' | 'command'>,
  args: readonly string[],
  { env, columns = 100 }: { env: Record<string, string>; columns?: number },
): AtTerminal {
  const [file, ...before] = program.command;
  const words = [file, ...before, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', `stty cols ${columns}; exec ${words}`, '/dev/null'],
    {
      cwd: program.folder,
      env: { ...process.env, SHELL: '/bin/sh', TERM: 'xterm-256color', ...env },
    },
  );
  const raw = textOf(child.stdout);
  let read = 0;
  const said = () => stripVTControlCharacters(raw());
  return {
    raw,
    said,
    async answer(question, keys) {
      await eventually(() => question.test(said().slice(read)), `${question} is asked in: ${said()}`);
      read = said().length;
      child.stdin.write(keys);
    },
    kill: (signal) => void child.kill(signal),
    ended: once(child, 'close').then(([code]) => code),
  };
}
