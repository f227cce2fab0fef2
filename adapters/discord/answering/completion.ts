import type { Completion } from '../../../src/command.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { CHOICE_LENGTH, MOST_CHOICES } from './registration-command.ts';

/** A choice as Discord shows it under an option that is being typed. */
export interface Choice {
  name: string;
  value: string;
}

/**
 * Completions as Discord takes them, in the same order. A value that is too long is left out: cut off it would mean
 * something else.
 */
export function choicesOf(completions: readonly Completion[]): Choice[] {
  const choices = new Map<string, Choice>();
  for (const { label, value } of completions) {
    const name = shorten(label.trim() || value, CHOICE_LENGTH, 'characters');
    const isShown = name !== '' && value !== '' && value.length <= CHOICE_LENGTH;
    if (isShown && !choices.has(value)) choices.set(value, { name, value });
  }
  return [...choices.values()].slice(0, MOST_CHOICES);
}
