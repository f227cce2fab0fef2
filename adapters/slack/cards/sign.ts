import { z } from 'zod';
import type { Command } from '../../../src/command.ts';
import { isPanelPress, type Sign, savedPaper } from '../../../src/reacting/sign.ts';
import { besideOf, readAction, readChooser } from './press.ts';

type Commands = readonly Pick<Command, 'name' | 'options'>[];

const elementSchema = z.object({ action_id: z.string() }).loose();
const blocksSchema = z.array(
  z.object({ elements: z.unknown().optional(), accessory: z.unknown().optional() }),
);

/** What a message of ours shows, by its own blocks; undefined for one on which emoji mean nothing. */
export function signOf(blocks: unknown, commands: Commands): Sign | undefined {
  const elements = elementsIn(blocks);
  for (const element of elements) {
    const paperId = savedPaper(readAction(element, commands));
    if (paperId !== undefined) return { kind: 'card', paperId };
  }
  return elements.some((element) => isPanelSelect(element, commands)) ? { kind: 'panel' } : undefined;
}

/** The emoji of the topics that a panel offers in its select, in their order, as the topics have them. */
export function topicEmojiIn(blocks: unknown, commands: Commands): string[] {
  const select = elementsIn(blocks).find((element) => isPanelSelect(element, commands));
  const { data } = z.array(z.object({ value: z.string() })).safeParse(select?.options);
  return (data ?? []).flatMap(({ value }) => besideOf(value) ?? []);
}

function isPanelSelect({ action_id: actionId }: z.infer<typeof elementSchema>, commands: Commands): boolean {
  return isPanelPress(readChooser(actionId, commands));
}

function elementsIn(blocks: unknown): z.infer<typeof elementSchema>[] {
  const all = (blocksSchema.safeParse(blocks).data ?? []).flatMap(({ elements, accessory }) => [
    ...(Array.isArray(elements) ? (elements as unknown[]) : []),
    accessory,
  ]);
  return all.flatMap((one) => elementSchema.safeParse(one).data ?? []);
}
