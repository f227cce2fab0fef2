import type { Command } from '../src/command.ts';
import { memberAt } from '../src/domain/member.ts';
import { type Subscription, whatOf } from '../src/domain/subscription.ts';
import { CommandError } from '../src/errors.ts';
import { textsFor } from '../src/texts/index.ts';
import { labelIn } from '../src/texts/topic.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';

export const unfollow: Command = createCommand({
  name: 'unfollow',
  options: [{ name: 'what', type: 'text', isRequired: true, completedBy: ['followed'] }],
  audience: 'member',
  example: 'unfollow what:agents',
  async run({ options, place, member: { id }, locale }, { people }) {
    const texts = textsFor(locale);
    const say = texts.unfollow;
    const member = memberAt(place, id);
    const what = String(options.what ?? '').trim();
    const { subscriptions } = await people.following(member);
    // What was followed once may be known no longer: a topic that was removed.
    const said = subscriptions.find((one) => namesOf(one).includes(what.toLowerCase()));
    const interest = said ?? (await people.followable(place, what)).interest;
    if (!interest || !(await people.unfollow(member, interest))) {
      const followed = subscriptions.map(whatOf).join(', ') || say.nothing;
      throw new CommandError(say.notFollowed(what, followed), 'what');
    }
    const rest = subscriptions.filter(({ kind, key }) => kind !== interest.kind || key !== interest.key);
    const ended = rest.length === 0 ? [say.nothingLeft] : [];
    return answer([text(say.done(labelIn(interest, texts)), ended)], { interest, subscriptions: rest });
  },
});

function namesOf(one: Subscription): string[] {
  return [one.key, one.label, whatOf(one)].map((name) => name.toLowerCase());
}
