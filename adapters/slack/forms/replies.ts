import type { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
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

/** A host, and what it says beside its answers: what a member must be told once, with whatever they do next. */
export interface Heard {
  run: Host['run'];
  /** As a sentence; undefined where there is nothing. */
  aside(): string | undefined;
}

/** Listens to a host while something is done of which only the answers proper are shown. */
export function hearing({ run }: Pick<Host, 'run'>, locale: Locale | undefined): Heard {
  const { byTheWay } = textsFor(locale).host;
  const asides: string[] = [];
  return {
    async run(invocation) {
      const reply = await run(invocation);
      for (const card of reply.cards.slice(1))
        if (card.kind === 'text' && card.title === byTheWay) asides.push(...card.paragraphs);
      return reply;
    },
    aside: () => (asides.length > 0 ? asides.join(' ') : undefined),
  };
}
