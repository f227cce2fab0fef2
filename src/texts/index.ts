import type { Locale } from '../domain/locale.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { zhCn } from './zh-CN/index.ts';

/**
 * All that people read in replies, by theme: texts, and pure functions of texts and numbers. Plain, without markdown;
 * days and times stay ISO. What an edition says is frozen for a channel and is English.
 */
export type Texts = typeof en;

const CATALOGUE: Readonly<Record<Locale, Texts>> = { en, de, 'zh-CN': zhCn };

/** The texts of a language; the usual ones where none is known. */
export function textsFor(locale: Locale | undefined): Texts {
  return CATALOGUE[locale ?? 'en'];
}

type Phrases = Readonly<Record<string, string>>;

/** A command by its name, with the texts that it brings itself. */
export interface Named {
  name: string;
  says?: Readonly<Record<Locale, Phrases>>;
}

/**
 * What a command does, or one option of it, in at most 100 characters; undefined for one of which neither itself nor the
 * catalogue says it. A family goes by its name too: `feed`.
 */
export function summaryIn(
  locale: Locale | undefined,
  { name, says }: Named,
  option = 'does',
): string | undefined {
  const summaries: Readonly<Record<string, Phrases>> = textsFor(locale).summaries;
  return (says?.[locale ?? 'en'] ?? summaries[name])?.[option];
}
