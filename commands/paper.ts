import type { Services } from '../src/abilities.ts';
import type { Invocation, Option } from '../src/command.ts';
import type { CardAction } from '../src/domain/card.ts';
import { type Paper, type PaperId, parsePaperId } from '../src/domain/paper.ts';
import { CommandError } from '../src/errors.ts';

/** Names one paper. */
export const PAPER: Option = {
  name: 'paper',
  summary: 'Its arXiv id, or a link to arXiv or Hugging Face',
  type: 'text',
  isRequired: true,
  completedBy: ['paper'],
};

/** The id that was given. Errors: `CommandError`. */
export function askedId({ options }: Invocation): PaperId {
  const given = String(options.paper ?? '');
  const id = parsePaperId(given);
  if (id) return id;
  throw new CommandError(
    `"${given}" is no arXiv id. Give one such as 2608.19880, or a link to arXiv or Hugging Face papers.`,
  );
}

/** The paper that was named. Errors: `CommandError` for one that nobody knows, and those of a reading. */
export async function askedPaper(invocation: Invocation, services: Pick<Services, 'paper'>): Promise<Paper> {
  const id = askedId(invocation);
  const paper = await services.paper(id, invocation.signal);
  if (paper) return paper;
  throw new CommandError(`Neither Hugging Face nor arXiv knows a paper ${id}. Is the id complete?`);
}

/** What one may do about a paper. */
export function paperActions(id: PaperId): CardAction[] {
  return [
    { label: 'Save', command: 'save', options: { paper: id } },
    { label: 'Similar', command: 'similar', options: { paper: id } },
    { label: '👍', command: 'rate', options: { paper: id, verdict: 'up' } },
    { label: '👎', command: 'rate', options: { paper: id, verdict: 'down' } },
  ];
}
