import type { Command } from '../src/command.ts';
import { memberAt } from '../src/domain/member.ts';
import { VERDICTS, type Verdict } from '../src/domain/subscription.ts';
import { textsFor } from '../src/texts/index.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';
import { askedPaper, PAPER } from './paper.ts';

export const rate: Command = createCommand({
  name: 'rate',
  options: [PAPER, { name: 'verdict', type: 'text', choices: [...VERDICTS, 'none'] }],
  audience: 'member',
  example: 'rate paper:2608.19880 verdict:up',
  async run(invocation, services) {
    const { place, member, options, locale } = invocation;
    const say = textsFor(locale).rate;
    const paper = await askedPaper(invocation, services);
    const given = String(options.verdict ?? 'up') as Verdict | 'none';
    await services.people.rate(memberAt(place, member.id), paper.id, given === 'none' ? undefined : given);
    return answer([text(say[given] ?? say.up, [paper.title])], { paperId: paper.id, verdict: given });
  },
});
