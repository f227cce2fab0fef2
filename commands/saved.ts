import { CITATION_FORMATS, type CitationFormat, type KeptPaper } from '../src/abilities.ts';
import type { Command } from '../src/command.ts';
import type { CardAction, CardEntry } from '../src/domain/card.ts';
import { memberAt } from '../src/domain/member.ts';
import { CommandError } from '../src/errors.ts';
import { type Texts, textsFor } from '../src/texts/index.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';
import { askedPage, LIMIT, PAGE, turnPages } from './paging.ts';

const EXPORTS: CardAction[] = CITATION_FORMATS.map((format) => ({
  label: format === 'ris' ? 'RIS' : 'BibTeX',
  command: 'saved',
  options: { format },
}));

export const saved: Command = createCommand({
  name: 'saved',
  options: [PAGE, LIMIT, { name: 'format', type: 'text', choices: CITATION_FORMATS }],
  audience: 'member',
  isReading: true,
  example: 'saved',
  async run(invocation, { people }) {
    const say = textsFor(invocation.locale).saved;
    const member = memberAt(invocation.place, invocation.member.id);
    if (invocation.options.format !== undefined) {
      const file = await people.citations(member, String(invocation.options.format) as CitationFormat);
      if (!file) throw new CommandError(say.none);
      return { ...answer([text(file.name, [say.file])]), file };
    }
    const { number, ...page } = askedPage(invocation);
    const { total, papers } = await people.saved(member, page);
    const turns = turnPages(invocation, number, page.offset + papers.length < total);
    if (papers.length === 0) {
      const why = total > 0 ? say.noMore : say.none;
      return answer([{ ...text(say.title, [why]), actions: turns }], { total, papers });
    }
    const card = {
      kind: 'list' as const,
      title: say.title,
      subtitle: say.subtitle(total),
      sections: [{ entries: papers.map((one, index) => entryOf(one, page.offset + index + 1, say)) }],
      notes: [],
      actions: [...turns, ...EXPORTS],
    };
    return answer([card], { total, papers });
  },
});

/** One that the archive has lost is shown by its id. */
function entryOf(
  { paperId: id, savedAt, paper }: KeptPaper,
  number: number,
  { savedOn }: Texts['saved'],
): CardEntry {
  const unknown = { id, title: id, upvotes: 0, keywords: [], url: '', arxivUrl: '', pdfUrl: '' };
  return { number, paper: paper ?? unknown, reason: savedOn(savedAt.slice(0, 10)) };
}
