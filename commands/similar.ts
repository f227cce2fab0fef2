import type { Command } from '../src/command.ts';
import { textsFor } from '../src/texts/index.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';
import { LIMIT } from './paging.ts';
import { askedPaper, PAPER } from './paper.ts';

const USUAL = 5;

export const similar: Command = createCommand({
  name: 'similar',
  options: [PAPER, LIMIT],
  audience: 'member',
  isReading: true,
  example: 'similar paper:2608.19880',
  async run(invocation, services) {
    const say = textsFor(invocation.locale).similar;
    const paper = await askedPaper(invocation, services);
    const papers = await services.search.similar(paper, Number(invocation.options.limit ?? USUAL));
    const title = say.title(paper.id);
    const data = { paper, papers };
    if (papers.length === 0) return answer([text(title, [say.none])], data);
    const entries = papers.map((one, index) => ({ number: index + 1, paper: one }));
    return answer([{ kind: 'list', title, subtitle: paper.title, sections: [{ entries }], notes: [] }], data);
  },
});
