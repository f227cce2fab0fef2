import { describe, expect, it } from 'vitest';
import { type Answer, messageText } from '../../../fakes/discord/index.ts';
import { openBot } from '../bot-scene.ts';

const HERE = 'This works in a server that has Paperwire.';
const textOf = ({ messages }: Answer) => messages.map(messageText).join();

describe('in a direct message, and where only the member brought us', () => {
  it('what needs a server says so, also to the owner of one', async () => {
    await using scene = await openBot();
    const { fake, grace } = scene;
    grace.install();
    const elsewhere = fake.addGuild({ name: 'Elsewhere', owner: grace, hasBot: false });
    const talk = fake.addChannel(elsewhere, { name: 'talk' });
    const asked = [
      grace.slash(grace.dm(), 'paper status'),
      grace.slash(grace.dm(), 'paper feed list'),
      grace.slash(grace.dm(), 'paper following', { thread: true }),
      grace.slash(talk, 'paper feed add', {}, { via: 'user' }),
      grace.slash(talk, 'paper following', { thread: true }, { via: 'user' }),
    ];
    for (const answer of await Promise.all(asked)) expect(textOf(answer)).toContain(HERE);
    expect(textOf(await grace.slash(grace.dm(), 'paper topics list'))).toContain('agents');
  });

  it('suggests what one follows in one’s own language', async () => {
    await using scene = await openBot();
    const { fake, guild, channel } = scene;
    const eva = fake.addPerson({ name: 'Eva', locale: 'de' });
    fake.join(guild, eva);
    await eva.slash(channel, 'paper follow', { what: 'vision' });
    const { choices } = await eva.autocomplete(channel, 'paper unfollow', 'what', { what: '' });
    expect(choices).toMatchObject([{ name: 'Sehen', value: 'vision' }]);
    const search = await eva.autocomplete(channel, 'paper search', 'query', { query: 'seh' });
    expect(search.choices).toMatchObject([{ name: '👁️ Sehen', value: 'topic:vision' }]);
  });
});
