import type { SearchAnswer, Services } from '../src/abilities.ts';
import type { Command, Invocation, Reply } from '../src/command.ts';
import { type PaperId, parsePaperId } from '../src/domain/paper.ts';
import { CommandError } from '../src/errors.ts';
import { answer, count, text } from './cards.ts';
import { askedPage, LIMIT, morePages, PAGE } from './paging.ts';

/** Longer ones are cut by no platform, and nobody reads them. */
const MAX_LENGTH = 500;

export const search: Command = {
  name: 'search',
  summary: 'Find papers by words, author:, topic:, org:, after:, before:, votes:>50, has:code',
  options: [
    {
      name: 'query',
      summary: 'What to look for; "in quotes" as it stands, -word without it',
      type: 'text',
      isRequired: true,
      completedBy: ['paper', 'author', 'topic'],
    },
    PAGE,
    LIMIT,
  ],
  audience: 'member',
  example: 'search query:"gaussian splatting"',
  async run(invocation, services) {
    const query = String(invocation.options.query ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (query === '')
      throw new CommandError('Say what to look for, for example: search "diffusion transformers".');
    if (query.length > MAX_LENGTH) {
      throw new CommandError(`Shorten the query to ${MAX_LENGTH} characters; it has ${query.length}.`);
    }
    const id = parsePaperId(query);
    if (id) return await showOne(id, query, invocation, services);
    const { number, ...page } = askedPage(invocation);
    const found = await services.search.find(query, page, invocation.place, invocation.signal);
    const notes = [...found.corrections.map(correctionText), ...found.notes];
    const title = `Search: ${query}`;
    if (found.papers.length === 0) {
      const none =
        number > 1
          ? 'There is no more: only the best 200 are ranked. Say more of what you look for.'
          : 'No papers. Try other or fewer words.';
      return answer([text(title, [none, ...notes])], { query, ...found });
    }
    const card = {
      kind: 'list' as const,
      title,
      subtitle: subtitleOf(found, number),
      sections: [
        { entries: found.papers.map((paper, index) => ({ number: page.offset + index + 1, paper })) },
      ],
      notes,
      actions: morePages(invocation, number, found.hasMore),
    };
    return answer([card], { query, ...found });
  },
};

/** Who types an id or a link looks for that paper. */
async function showOne(
  id: PaperId,
  query: string,
  { signal }: Invocation,
  services: Services,
): Promise<Reply> {
  const paper = await services.paper(id, signal);
  const found = { papers: paper ? [paper] : [], hasMore: false, corrections: [], notes: [] };
  const title = `Search: ${query}`;
  if (!paper) return answer([text(title, [`Nobody knows a paper ${id}.`])], { query, ...found });
  const sections = [{ entries: [{ number: 1, paper }] }];
  return answer([{ kind: 'list', title, subtitle: '1 paper', sections, notes: [] }], { query, ...found });
}

function correctionText({ given, taken }: SearchAnswer['corrections'][number]): string {
  return `"${given}" was read as "${taken}".`;
}

function subtitleOf({ papers, hasMore }: SearchAnswer, number: number): string {
  const page = number === 1 ? '' : `Page ${number}: `;
  return `${page}${count(papers.length, 'paper')}${hasMore ? ' and more' : ''}`;
}
