import type { Command } from '../src/command.ts';
import { memberAt } from '../src/domain/member.ts';
import type { Subscription } from '../src/domain/subscription.ts';
import { CommandError } from '../src/errors.ts';
import { answer, text } from './cards.ts';
import { WHAT, whatOf } from './follow.ts';

export const unfollow: Command = {
  name: 'unfollow',
  summary: 'No longer follow something',
  options: [WHAT],
  audience: 'member',
  example: 'unfollow what:agents',
  async run({ options, place, member: { id } }, { people }) {
    const member = memberAt(place, id);
    const what = String(options.what ?? '').trim();
    const { subscriptions } = await people.following(member);
    // What was followed once may be known no longer: a topic that was removed.
    const said = subscriptions.find((one) => namesOf(one).includes(what.toLowerCase()));
    const interest = said ?? (await people.followable(place, what)).interest;
    if (!interest || !(await people.unfollow(member, interest))) {
      const followed = subscriptions.map(whatOf).join(', ') || 'nothing';
      throw new CommandError(`You do not follow "${what}". You follow ${followed}.`);
    }
    const rest = subscriptions.filter(({ kind, key }) => kind !== interest.kind || key !== interest.key);
    const ended = rest.length === 0 ? ['You follow nothing any more, so no digest comes.'] : [];
    return answer([text(`You no longer follow ${interest.label}`, ended)], { interest, subscriptions: rest });
  },
};

function namesOf(one: Subscription): string[] {
  return [one.key, one.label, whatOf(one)].map((name) => name.toLowerCase());
}
