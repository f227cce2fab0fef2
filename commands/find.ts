import type { Services } from '../src/abilities.ts';
import type { Command, Invocation } from '../src/command.ts';
import { type Paper, type PaperId, parsePaperId } from '../src/domain/paper.ts';
import { CommandError, isSourceError } from '../src/errors.ts';
import { textsFor } from '../src/texts/index.ts';
import { answer } from './cards.ts';
import { createCommand } from './command.ts';

/** As much as any message holds (4,000 characters on Discord), with its links beside it. */
const MAX_LENGTH = 6000;
const MOST_FOUND = 10;

export const find: Command = createCommand({
  name: 'find',
  options: [{ name: 'text', type: 'text', isRequired: true }],
  audience: 'member',
  isReading: true,
  example: 'find text:"See arXiv:2608.19880v2."',
  async run(invocation, services) {
    const { find: say, listing } = textsFor(invocation.locale);
    const given = String(invocation.options.text ?? '');
    if (given.length > MAX_LENGTH) throw new CommandError(say.tooLong(MAX_LENGTH, given.length), 'text');
    const ids = idsIn(given);
    if (ids.length === 0) throw new CommandError(say.none, 'text');
    const wanted = ids.slice(0, MOST_FOUND);
    const known = await Promise.all(wanted.map((id) => lookUp(id, invocation, services)));
    const papers = known.flatMap(({ paper }) => paper ?? []);
    const unread = known.filter(({ failure }) => failure !== undefined);
    const unknown = known.filter(({ paper, failure }) => !paper && failure === undefined);
    if (papers.length === 0 && unread[0]) throw unread[0].failure;
    if (papers.length === 0) throw new CommandError(say.unknown(wanted.join(', ')), 'text');
    const card = {
      kind: 'list' as const,
      title: say.title,
      subtitle: listing.papers(papers.length),
      sections: [{ entries: papers.map((paper, index) => ({ number: index + 1, paper })) }],
      notes: [
        ...(unknown.length > 0 ? [say.unknown(namesOf(unknown))] : []),
        ...(unread.length > 0 ? [say.unread(namesOf(unread))] : []),
        ...(ids.length > MOST_FOUND ? [say.first(MOST_FOUND)] : []),
      ],
    };
    return answer([card], { ids, papers });
  },
});

/** What is known of one paper: nothing where nobody knows it, or why nobody could be asked. */
interface LookedUp {
  id: PaperId;
  paper?: Paper;
  failure?: unknown;
}

async function lookUp(
  id: PaperId,
  { signal }: Invocation,
  services: Pick<Services, 'paper'>,
): Promise<LookedUp> {
  try {
    const paper = await services.paper(id, signal);
    return paper ? { id, paper } : { id };
  } catch (failure) {
    if (isSourceError(failure)) return { id, failure };
    throw failure;
  }
}

function namesOf(papers: readonly LookedUp[]): string {
  return papers.map(({ id }) => id).join(', ');
}

const MODERN = /(?<![a-z\d]|\d\.)\d{4}\.\d{4,5}(?:v\d+)?(?![a-z\d]|\.\d)/;
/** One of before April 2007 looks like a piece of many an address: it stands alone, or in a link to its page. */
const OLD =
  /(?:(?<![a-z\d./-])|(?<=arxiv\.org\/(?:abs|pdf|html)\/|\/papers\/))[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?\/\d{7}(?:v\d+)?(?![a-z\d])/;
const IDS = new RegExp(`${MODERN.source}|${OLD.source}`, 'gi');

/** The ids of all papers that a text names, in order, each once: bare, with `arXiv:`, or in a link. */
export function idsIn(text: string): PaperId[] {
  const ids = (text.match(IDS) ?? []).flatMap((one) => parsePaperId(one) ?? []);
  return [...new Set(ids)];
}
