import { z } from 'zod';
import type { Card } from '../../../src/domain/card.ts';
import type { PaperId } from '../../../src/domain/paper.ts';
import { keptCard } from './keep.ts';
import { split } from './split.ts';

/** A mail as a delivery keeps it: what it says, which is drawn when it leaves. JSON keeps it as it is. */
export interface MailPayload {
  form: 1;
  card: Card;
  /** What the reader is asked to open: an address of ours. */
  button?: Button;
  /** By its paper: how many authors there are beside those that the card names. */
  others?: Readonly<Record<PaperId, number>>;
}

/** A link that looks like a button. */
export interface Button {
  label: string;
  /** Ours, and whole. */
  url: string;
}

const payloadSchema = z.looseObject({
  form: z.literal(1),
  card: z.looseObject({ kind: z.enum(['list', 'paper', 'text', 'panel']) }),
});

/**
 * A card as mails, in the order of sending; at least one. Drawn, each has at most `MAX_BYTES` of HTML; no paper is
 * dropped.
 */
export function render(card: Card): MailPayload[] {
  const { card: kept, others } = keptCard(card);
  return split(kept).map((one) => ({ form: 1, card: one, ...(others === undefined ? {} : { others }) }));
}

/** A mail as it comes back from the ledger; undefined for what is none of ours. */
export function payloadOf(stored: unknown): MailPayload | undefined {
  return payloadSchema.safeParse(stored).success ? (stored as MailPayload) : undefined;
}
