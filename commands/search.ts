import type { SearchAnswer, SearchNote, Services } from '../src/abilities.ts';
import type { Command, Invocation, Reply } from '../src/command.ts';
import { type PaperId, parsePaperId } from '../src/domain/paper.ts';
import { CommandError } from '../src/errors.ts';
import { type Texts, textsFor } from '../src/texts/index.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';
import { askedPage, LIMIT, PAGE, turnPages } from './paging.ts';

/** Longer ones are cut by no platform, and nobody reads them. */
const MAX_LENGTH = 500;
/** What a reader sees; control characters, lone surrogates and blanks of all kinds are none of it. */
const SEEN = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
/** So many are ranked together (`src/search/together.ts`). */
const MOST_RANKED = 200;

export const search: Command = createCommand({
  name: 'search',
  options: [
    { name: 'query', type: 'text', isRequired: true, completedBy: ['paper', 'author', 'topic'] },
    PAGE,
    LIMIT,
  ],
  audience: 'member',
  isReading: true,
  example: 'search query:"gaussian splatting"',
  async run(invocation, services) {
    const texts = textsFor(invocation.locale);
    const say = texts.search;
    const query = String(invocation.options.query ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (!SEEN.test(query)) throw new CommandError(say.empty, 'query');
    if (query.length > MAX_LENGTH) throw new CommandError(say.tooLong(MAX_LENGTH, query.length), 'query');
    const id = parsePaperId(query);
    if (id) return await showOne(id, query, invocation, services);
    const { number, ...page } = askedPage(invocation);
    const found = await services.search.find(query, page, invocation.place, invocation.signal);
    const notes = [
      ...found.corrections.map(({ given, taken }) => say.readAs(given, taken)),
      ...found.notes.map((note) => noteText(note, texts)),
    ];
    const title = say.title(query);
    const actions = turnPages(invocation, number, found.hasMore);
    if (found.papers.length === 0) {
      const none = number > 1 ? say.noMore(MOST_RANKED) : say.none;
      return answer([{ ...text(title, [none, ...notes]), actions }], { query, ...found });
    }
    const subtitle = subtitleOf(found, number, texts);
    const entries = found.papers.map((paper, index) => ({ number: page.offset + index + 1, paper }));
    const card = { kind: 'list' as const, title, subtitle, sections: [{ entries }], notes, actions };
    return answer([card], { query, ...found });
  },
});

/** Who types an id or a link looks for that paper. */
async function showOne(
  id: PaperId,
  query: string,
  { signal, locale }: Invocation,
  services: Services,
): Promise<Reply> {
  const { search: say, listing } = textsFor(locale);
  const paper = await services.paper(id, signal);
  const found = { papers: paper ? [paper] : [], hasMore: false, corrections: [], notes: [] };
  const title = say.title(query);
  if (!paper) return answer([text(title, [say.unknown(id)])], { query, ...found });
  const sections = [{ entries: [{ number: 1, paper }] }];
  const card = { kind: 'list' as const, title, subtitle: listing.papers(1), sections, notes: [] };
  return answer([card], { query, ...found });
}

/** What an error says is told as it is. */
function noteText({ kind, given = '' }: SearchNote, { search: say }: Texts): string {
  return kind === 'failure' ? given : say.notes[kind](given);
}

function subtitleOf(
  { papers, hasMore }: SearchAnswer,
  number: number,
  { search: say, listing }: Texts,
): string {
  const counted = listing.papers(papers.length);
  const shown = hasMore ? say.andMore(counted) : counted;
  return number === 1 ? shown : say.page(number, shown);
}
