import type { CardAction } from '../domain/card.ts';
import type { PaperId } from '../domain/paper.ts';
import type { Texts } from './index.ts';

/** What one may do about a paper. */
export function paperActions(id: PaperId, { action }: Texts): CardAction[] {
  return [
    { label: action.save, command: 'save', options: { paper: id } },
    { label: action.similar, command: 'similar', options: { paper: id } },
    { label: action.up, command: 'rate', options: { paper: id, verdict: 'up' } },
    { label: action.down, command: 'rate', options: { paper: id, verdict: 'down' } },
  ];
}
