import { CITATION_FORMATS, type CitationFormat, type KeptPaper } from '../src/abilities.ts';
import type { Command } from '../src/command.ts';
import type { CardAction, CardEntry } from '../src/domain/card.ts';
import { memberAt } from '../src/domain/member.ts';
import { CommandError } from '../src/errors.ts';
import { answer, count, text } from './cards.ts';
import { askedPage, LIMIT, morePages, PAGE } from './paging.ts';

const EXPORTS: CardAction[] = CITATION_FORMATS.map((format) => ({
  label: format === 'ris' ? 'RIS' : 'BibTeX',
  command: 'saved',
  options: { format },
}));

export const saved: Command = {
  name: 'saved',
  summary: 'List your saved papers, or take them to a reference manager',
  options: [
    PAGE,
    LIMIT,
    {
      name: 'format',
      summary: 'A file with all of them instead of a page',
      type: 'text',
      choices: CITATION_FORMATS,
    },
  ],
  audience: 'member',
  example: 'saved',
  async run(invocation, { people }) {
    const member = memberAt(invocation.place, invocation.member.id);
    if (invocation.options.format !== undefined) {
      const file = await people.citations(member, String(invocation.options.format) as CitationFormat);
      if (!file) throw new CommandError('You have saved nothing yet: "save" puts a paper here.');
      return { ...answer([text(file.name, ['Your saved papers, for a reference manager.'])]), file };
    }
    const { number, ...page } = askedPage(invocation);
    const { total, papers } = await people.saved(member, page);
    if (papers.length === 0) {
      const why = total > 0 ? 'There are no more.' : 'You have saved nothing yet. "save" puts a paper here.';
      return answer([text('Saved papers', [why])], { total, papers });
    }
    const actions = [...morePages(invocation, number, page.offset + papers.length < total), ...EXPORTS];
    const entries = papers.map((one, index) => entryOf(one, page.offset + index + 1));
    const subtitle = `${count(total, 'paper')}, the newest first`;
    const card = {
      kind: 'list' as const,
      title: 'Saved papers',
      subtitle,
      sections: [{ entries }],
      notes: [],
      actions,
    };
    return answer([card], { total, papers });
  },
};

/** One that the archive has lost is shown by its id. */
function entryOf({ paperId: id, savedAt, paper }: KeptPaper, number: number): CardEntry {
  const unknown = { id, title: id, upvotes: 0, keywords: [], url: '', arxivUrl: '', pdfUrl: '' };
  return { number, paper: paper ?? unknown, reason: `saved on ${savedAt.slice(0, 10)}` };
}
