import type { Command } from '../src/command.ts';
import { answer, text } from './cards.ts';
import { LIMIT } from './paging.ts';
import { askedPaper, PAPER } from './paper.ts';

const USUAL = 5;

export const similar: Command = {
  name: 'similar',
  summary: 'Find papers like one',
  options: [PAPER, LIMIT],
  audience: 'member',
  example: 'similar paper:2608.19880',
  async run(invocation, services) {
    const paper = await askedPaper(invocation, services);
    const papers = await services.search.similar(paper, Number(invocation.options.limit ?? USUAL));
    const title = `Like ${paper.id}`;
    const data = { paper, papers };
    if (papers.length === 0) return answer([text(title, ['The archive has no paper like it yet.'])], data);
    const entries = papers.map((one, index) => ({ number: index + 1, paper: one }));
    return answer([{ kind: 'list', title, subtitle: paper.title, sections: [{ entries }], notes: [] }], data);
  },
};
