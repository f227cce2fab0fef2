import type { Finding } from '../../finding.ts';

/** One of several answers. */
export interface Choice<T extends string> {
  value: T;
  label: string;
  /** Shown beside it. */
  hint?: string;
}

/** Says what is wrong with an answer, as a sentence; undefined where nothing is. */
export type Check = (answer: string) => string | undefined;

/**
 * How somebody at a terminal is asked. Every question rejects with `CancelledError` where whoever is asked gives up, or the
 * program is told to stop.
 */
export interface Prompts {
  /** Says something that is no question; lines are kept. */
  say(text: string, title?: string): void;
  /** Says what was found. */
  tell(finding: Finding): void;
  choose<T extends string>(message: string, choices: readonly Choice<T>[], first?: T): Promise<T>;
  /** A line of text without blanks at its ends. `first` stands there already. */
  ask(message: string, how: { first?: string; example?: string; check: Check }): Promise<string>;
  /** The same for what nobody may see; it is never shown. */
  askSecret(message: string, check: Check): Promise<string>;
  /** Yes or no; the return key says `first`. */
  confirm(message: string, first: boolean): Promise<boolean>;
  /** Waits for work, and shows what for. */
  wait<T>(what: string, work: Promise<T>): Promise<T>;
}

/** Whoever was asked gave up. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}
