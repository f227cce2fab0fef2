import type { Command } from '../src/command.ts';
import { memberAt } from '../src/domain/member.ts';
import { CommandError } from '../src/errors.ts';
import { answer, text } from './cards.ts';
import { askedId, askedPaper, PAPER } from './paper.ts';

export const save: Command = {
  name: 'save',
  summary: 'Save a paper for later',
  options: [PAPER, { name: 'remove', summary: 'Take it off your saved papers', type: 'flag' }],
  audience: 'member',
  example: 'save paper:2608.19880',
  async run(invocation, services) {
    const member = memberAt(invocation.place, invocation.member.id);
    if (invocation.options.remove === true) {
      const id = askedId(invocation);
      if (!(await services.people.unsave(member, id))) throw new CommandError(`You have not saved ${id}.`);
      return answer([text('Removed', [`${id} is no longer among your saved papers.`])], { paperId: id });
    }
    const paper = await askedPaper(invocation, services);
    const isNew = await services.people.save(member, paper);
    const told = isNew ? 'Saved' : 'You had saved it already';
    return answer([text(told, [paper.title, '"saved" lists what you have saved.'])], {
      paperId: paper.id,
      isNew,
    });
  },
};
