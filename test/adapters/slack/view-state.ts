import type { types } from '@slack/bolt';
import type { State } from '../../../adapters/slack/forms/incoming.ts';

/** What stands in the fields of a view that was just opened, as Slack tells it. */
export function stateOf({ blocks }: types.ModalView): State {
  const fields = blocks.flatMap((block) => (block.type === 'input' ? [block as types.InputBlock] : []));
  return Object.fromEntries(
    fields.map(({ block_id, element }) => [
      String(block_id),
      { [String((element as { action_id?: string }).action_id)]: fieldOf(element as object) },
    ]),
  );
}

function fieldOf(element: Partial<Record<string, unknown>>): State[string][string] {
  const initial = Object.entries(element).filter(([name]) => name.startsWith('initial_'));
  const named = initial.map(([name, value]) => {
    const kind = name.slice('initial_'.length);
    return [kind === 'value' ? kind : `selected_${kind}`, value];
  });
  return Object.fromEntries(named) as State[string][string];
}
