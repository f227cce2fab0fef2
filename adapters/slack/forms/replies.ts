import type { z } from 'zod';
import type { Reply } from '../../../src/command.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { textsFor } from '../../../src/texts/index.ts';

/** What a command listed, or why it did not. */
export type Part<T> = { data: T } | { sentence: string };

/** What a reply lists, read by its schema. */
export function partOf<T>(reply: Reply, schema: z.ZodType<T>, locale: Locale | undefined): Part<T> {
  if (reply.outcome !== 'done') return { sentence: sentenceOf(reply) };
  const read = schema.safeParse(reply.data);
  return read.success ? { data: read.data } : { sentence: textsFor(locale).host.ourFault };
}

/** A reply of words in a line: what it says, or what it is called where it says no more. */
export function sentenceOf({ cards: [card] }: Reply): string {
  if (card?.kind !== 'text') return card?.kind === 'paper' ? card.entry.paper.title : (card?.title ?? '');
  const words = card.paragraphs.join(' ').trim();
  return words === '' ? card.title : words;
}
