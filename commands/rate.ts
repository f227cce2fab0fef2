import type { Command } from '../src/command.ts';
import { memberAt } from '../src/domain/member.ts';
import { VERDICTS, type Verdict } from '../src/domain/subscription.ts';
import { answer, text } from './cards.ts';
import { askedPaper, PAPER } from './paper.ts';

const TOLD = { up: '👍 noted', down: '👎 noted', none: 'Taken back' } as const;

export const rate: Command = {
  name: 'rate',
  summary: 'Say whether a paper was worth showing to you',
  options: [
    PAPER,
    {
      name: 'verdict',
      summary: 'What you think of it; none takes it back (default up)',
      type: 'text',
      choices: [...VERDICTS, 'none'],
    },
  ],
  audience: 'member',
  example: 'rate paper:2608.19880 verdict:up',
  async run(invocation, services) {
    const { place, member, options } = invocation;
    const paper = await askedPaper(invocation, services);
    const given = String(options.verdict ?? 'up') as Verdict | 'none';
    await services.people.rate(memberAt(place, member.id), paper.id, given === 'none' ? undefined : given);
    return answer([text(TOLD[given] ?? TOLD.up, [paper.title])], { paperId: paper.id, verdict: given });
  },
};
