import type { Command } from '../src/command.ts';
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
    if (options.confirm !== true) {
      const actions = [{ label: action.erase, command: 'forget-me', options: { confirm: true } }];
      return answer([{ ...text(say.ask, [say.what]), actions }], { isErased: false });
    }
    const forgotten = await people.forget({ platform: place.platform, id });
    const { subscriptions, saved, ratings, digests, managedFeeds } = forgotten;
    const erased = [
      say.subscriptions(subscriptions),
      say.saved(saved),
      say.ratings(ratings),
      say.digests(digests),
    ];
    const kept = managedFeeds > 0 ? [say.feeds(managedFeeds)] : [];
    return answer([text(say.done, [`${erased.join(', ')}.`, ...kept])], { isErased: true, ...forgotten });
  },
});
