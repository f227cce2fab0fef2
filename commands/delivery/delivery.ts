import type { Services } from '../../src/abilities.ts';
import type { Command, Invocation } from '../../src/command.ts';
import type { TextCard } from '../../src/domain/card.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import type { SlotRecord } from '../../src/domain/edition.ts';
import { utcText } from '../../src/domain/title.ts';
import { CommandError } from '../../src/errors.ts';
import { answer, text } from '../cards.ts';
import { slotText } from '../feed/rows.ts';

/** One open message as a row. */
function deliveryRow({ id, state, reason, changedAt }: DeliveryStatus): { name: string; value: string } {
  const why = reason === undefined ? '' : ` ${reason}`;
  return { name: id, value: `${state} since ${utcText(changedAt)}.${why}` };
}

/** Open messages and what may be done about them. `program`: what stands before a command where this is read. */
export function deliveriesCard(open: readonly DeliveryStatus[], program = ''): TextCard {
  if (open.length === 0) return text('Messages', ['Everything is out.']);
  const advice = `"${program}delivery resend <id>" sends again what was refused or is uncertain, "${program}delivery dismiss <id>" lets a message be.`;
  return text('Messages that are not out', [advice], open.map(deliveryRow));
}

type Decide = (
  deliveries: Services['deliveries'],
  invocation: Invocation,
  id: string,
) => Promise<SlotRecord | undefined>;

/** Makes a command that decides about messages which were refused or may have arrived. */
export function createDecisionCommand(verb: string, summary: string, decide: Decide): Command {
  return {
    name: `delivery ${verb}`,
    summary,
    options: [
      {
        name: 'id',
        summary: 'The message, as `delivery list` names it, or an edition with all of its messages',
        type: 'text',
        isRequired: true,
      },
    ],
    audience: 'manager',
    example: `delivery ${verb} k4t2m9@2026-11-23#0`,
    async run(invocation, { deliveries }) {
      const id = String(invocation.options.id);
      const slot = await decide(deliveries, invocation, id);
      if (!slot) {
        throw new CommandError(
          `There is no message "${id}" here that waits for a decision. "delivery list" shows the ones there are.`,
        );
      }
      return answer([text(`Edition ${slot.feedId}@${slot.day}`, [slotText(slot)])], slot);
    },
  };
}
