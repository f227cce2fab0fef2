import type { Services } from '../src/abilities.ts';
import type { Invocation } from '../src/command.ts';
import { type Paper, type PaperId, parsePaperId } from '../src/domain/paper.ts';
import { CommandError } from '../src/errors.ts';
import { textsFor } from '../src/texts/index.ts';
import type { WrittenOption } from './command.ts';

/** Names one paper. */
export const PAPER: WrittenOption = { name: 'paper', type: 'text', isRequired: true, completedBy: ['paper'] };

/** The id that was given. Errors: `CommandError`. */
export function askedId({ options, locale }: Invocation): PaperId {
  const given = String(options.paper ?? '');
  const id = parsePaperId(given);
  if (id) return id;
  throw new CommandError(textsFor(locale).paper.noId(given), 'paper');
}

/** The paper that was named. Errors: `CommandError` for one that nobody knows, and those of a reading. */
export async function askedPaper(
  invocation: Invocation,
  services: Pick<Services, 'paper' | 'archived'>,
): Promise<Paper> {
  const id = askedId(invocation);
  const { isArchiveOnly, signal, locale } = invocation;
  const paper = await (isArchiveOnly ? services.archived(id) : services.paper(id, signal));
  if (paper) return paper;
  throw new CommandError(textsFor(locale).paper.unknown(id), 'paper');
}
