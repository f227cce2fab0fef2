import type { Command } from '../src/command.ts';
import { memberAt } from '../src/domain/member.ts';
import { answer, count, text } from './cards.ts';

export const forgetMe: Command = {
  name: 'forget-me',
  summary: 'Erase everything that is kept about you here',
  options: [{ name: 'confirm', summary: 'Yes, erase it', type: 'flag' }],
  audience: 'member',
  example: 'forget-me',
  async run({ options, place, member: { id } }, { people }) {
    const member = memberAt(place, id);
    if (options.confirm !== true) {
      const card = text('Erase everything about you?', [
        'What you follow, your digest with what it has sent, your saved papers and your ratings are erased for good. Should you follow again, papers may come a second time.',
      ]);
      const actions = [{ label: 'Erase', command: 'forget-me', options: { confirm: true } }];
      return answer([{ ...card, actions }], { isErased: false });
    }
    const { subscriptions, saved, ratings, hadDigest, managedFeeds } = await people.forget(member);
    const erased = [
      count(subscriptions, 'subscription'),
      count(saved, 'saved paper'),
      count(ratings, 'rating'),
      hadDigest ? 'your digest' : 'no digest',
    ];
    const kept =
      managedFeeds > 0
        ? [
            `${count(managedFeeds, 'feed')} of this workspace still names you as its manager; "feed remove" ends one.`,
          ]
        : [];
    const data = { isErased: true, subscriptions, saved, ratings, hadDigest, managedFeeds };
    return answer([text('Erased', [`${erased.join(', ')}.`, ...kept])], data);
  },
};
