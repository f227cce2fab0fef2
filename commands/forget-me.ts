import type { Command } from '../src/command.ts';
import { memberAt } from '../src/domain/member.ts';
import { textsFor } from '../src/texts/index.ts';
import { answer, text } from './cards.ts';
import { createCommand } from './command.ts';

export const forgetMe: Command = createCommand({
  name: 'forget-me',
  options: [{ name: 'confirm', type: 'flag' }],
  audience: 'member',
  example: 'forget-me',
  async run({ options, place, member: { id }, locale }, { people }) {
    const { forgetMe: say, action } = textsFor(locale);
    const member = memberAt(place, id);
    if (options.confirm !== true) {
      const actions = [{ label: action.erase, command: 'forget-me', options: { confirm: true } }];
      return answer([{ ...text(say.ask, [say.what]), actions }], { isErased: false });
    }
    const { subscriptions, saved, ratings, hadDigest, managedFeeds } = await people.forget(member);
    const erased = [
      say.subscriptions(subscriptions),
      say.saved(saved),
      say.ratings(ratings),
      hadDigest ? say.digest : say.noDigest,
    ];
    const kept = managedFeeds > 0 ? [say.feeds(managedFeeds)] : [];
    const data = { isErased: true, subscriptions, saved, ratings, hadDigest, managedFeeds };
    return answer([text(say.done, [`${erased.join(', ')}.`, ...kept])], data);
  },
});
