import type { Services } from '../../src/abilities.ts';
import type { Command, Invocation } from '../../src/command.ts';
import type { TextCard } from '../../src/domain/card.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import type { SlotRecord } from '../../src/domain/edition.ts';
import { utcText } from '../../src/domain/title.ts';
import { CommandError } from '../../src/errors.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createCommand } from '../command.ts';
import { slotText } from '../feed/rows.ts';

/** One open message as a row. */
function deliveryRow(
  { id, state, reason, changedAt }: DeliveryStatus,
  say: Texts['delivery'],
): { name: string; value: string } {
  const since = say.since(say.states[state], utcText(changedAt));
  return { name: id, value: reason === undefined ? since : `${since} ${reason}` };
}

/** Open messages and what may be done about them. `program`: what stands before a command where this is read. */
export function deliveriesCard(
  open: readonly DeliveryStatus[],
  program = '/paper ',
  { delivery: say } = textsFor(undefined),
): TextCard {
  if (open.length === 0) return text(say.title, [say.allOut]);
  const rows = open.map((one) => deliveryRow(one, say));
  return text(say.notOut, [say.advice(program)], rows);
}

type Decide = (
  deliveries: Services['deliveries'],
  invocation: Invocation,
  id: string,
) => Promise<SlotRecord | undefined>;

/** Makes a command that decides about messages which were refused or may have arrived. */
export function createDecisionCommand(verb: string, decide: Decide): Command {
  return createCommand({
    name: `delivery ${verb}`,
    options: [{ name: 'id', type: 'text', isRequired: true }],
    audience: 'manager',
    example: `delivery ${verb} k4t2m9@2026-11-23#0`,
    async run(invocation, { deliveries }) {
      const texts = textsFor(invocation.locale);
      const id = String(invocation.options.id);
      const slot = await decide(deliveries, invocation, id);
      if (!slot) throw new CommandError(texts.delivery.unknown(id), 'id');
      const title = texts.delivery.edition(`${slot.feedId}@${slot.day}`);
      return answer([text(title, [slotText(slot, texts)])], slot);
    },
  });
}
