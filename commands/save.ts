import type { Command } from '../src/command.ts';
import { memberAt } from '../src/domain/member.ts';
import { CommandError } from '../src/errors.ts';
import { textsFor } from '../src/texts/index.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';
import { askedId, askedPaper, PAPER } from './paper.ts';

export const save: Command = createCommand({
  name: 'save',
  options: [PAPER, { name: 'remove', type: 'flag' }],
  audience: 'member',
  example: 'save paper:2608.19880',
  async run(invocation, services) {
    const say = textsFor(invocation.locale).save;
    const member = memberAt(invocation.place, invocation.member.id);
    if (invocation.options.remove === true) {
      const id = askedId(invocation);
      if (!(await services.people.unsave(member, id))) throw new CommandError(say.notSaved(id), 'paper');
      return answer([text(say.removed, [say.gone(id)])], { paperId: id });
    }
    const paper = await askedPaper(invocation, services);
    const isNew = await services.people.save(member, paper);
    const told = isNew ? say.done : say.already;
    return answer([text(told, [paper.title, say.list])], { paperId: paper.id, isNew });
  },
});
