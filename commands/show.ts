import type { Command } from '../src/command.ts';
import { parsePaperId } from '../src/domain/paper.ts';
import { CommandError } from '../src/errors.ts';
import { answer } from './cards.ts';

export const show: Command = {
  name: 'show',
  summary: 'Show one paper whole',
  options: [
    {
      name: 'paper',
      summary: 'Its arXiv id, or a link to arXiv or Hugging Face',
      type: 'text',
      isRequired: true,
    },
  ],
  audience: 'member',
  example: 'show paper:2608.19880',
  async run({ options, signal }, services) {
    const given = String(options.paper ?? '');
    const id = parsePaperId(given);
    if (!id) {
      throw new CommandError(
        `"${given}" is no arXiv id. Give one such as 2608.19880, or a link to arXiv or Hugging Face papers.`,
      );
    }
    const paper = await services.paper(id, signal);
    if (!paper)
      throw new CommandError(`Neither Hugging Face nor arXiv knows a paper ${id}. Is the id complete?`);
    return answer([{ kind: 'paper', entry: { number: 1, paper }, notes: [] }], paper);
  },
};
