import { describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { messageText } from '../../../fakes/discord/index.ts';
import { openGateway, words } from '../gateway/gateway-scene.ts';
import { expectClean, PANEL, slowly } from './interaction-scene.ts';

describe('a command', () => {
  it('arrives with its options as they are, its place, its caller and their language', async () => {
    await using scene = await openGateway();
    const { fake, guild, channel, ada, bo, invocations } = scene;
    const role = fake.addRole(guild, { name: 'Readers' });
    await ada.slash(channel, 'paper feed add', { time: '08:30', limit: 7, channel, role, 'code-only': true });
    await bo.slash(channel, 'paper search', { query: 'agents' });
    expect(invocations).toMatchObject([
      {
        command: 'feed add',
        options: { time: '08:30', limit: 7, channel: channel.id, role: role.id, 'code-only': true },
        place: { platform: 'discord', workspace: guild.id, channel: channel.id },
        member: { id: ada.id, isManager: true },
        locale: 'de',
      },
      { command: 'search', options: { query: 'agents' }, member: { id: bo.id, isManager: false } },
    ]);
    expect(invocations[1]).not.toHaveProperty('locale');
    expectClean(fake);
  });

  it('acts for the caller alone in a direct message and where only they brought us', async () => {
    await using scene = await openGateway();
    const { fake, ada, invocations } = scene;
    const foreign = fake.addGuild({ name: 'Elsewhere', hasBot: false });
    const place = fake.addChannel(foreign, { name: 'talk' });
    fake.join(foreign, ada, { permissions: ['ManageGuild'] });
    ada.install();
    await ada.slash(ada.dm(), 'paper saved');
    await ada.slash(place, 'paper saved', {}, { via: 'user' });
    expect(
      invocations.map(({ place, member }) => [place.workspace, place.channel, member.isManager]),
    ).toEqual([
      ['direct', ada.dm().id, false],
      ['direct', place.id, false],
    ]);
    expect(invocations.map(({ isHomeless }) => isHomeless)).toEqual([true, true]);
    expectClean(fake);
  });

  it('is answered at once and privately when the answer is there', async () => {
    await using scene = await openGateway();
    const answer = await scene.bo.slash(scene.channel, 'paper status');
    expect(answer.type).toBe(4);
    expect(answer.messages.map(({ onlyFor }) => onlyFor)).toEqual([scene.bo.id]);
    expect(messageText(answer.messages[0])).toContain('Done');
    expectClean(scene.fake);
  });

  it('is put off at once when it takes longer, then answered privately', async () => {
    await using scene = await openGateway({
      run: slowly(
        () => scene.fake,
        () => words('Slow'),
      ),
    });
    const answer = await scene.bo.slash(scene.channel, 'paper status');
    expect(answer.type).toBe(5);
    expect(answer.messages).toHaveLength(1);
    expect(answer.messages[0]?.onlyFor).toBe(scene.bo.id);
    expect(messageText(answer.messages[0])).toContain('Slow');
    expectClean(scene.fake);
  });

  it.each(['at once', 'late'])(
    'with a long answer goes on in more messages and ends with a word about the rest, %s',
    async (when) => {
      const long = words('Part 1', {
        cards: Array.from({ length: 9 }, (_, part) => card(`Part ${part + 1}`)),
      });
      await using scene = await openGateway({
        run:
          when === 'late'
            ? slowly(
                () => scene.fake,
                () => long,
              )
            : () => long,
      });
      const answer = await scene.bo.slash(scene.channel, 'paper status');
      const messages = await answer.whenMessages(6);
      expect(messages.map((message) => messageText(message).split('\n')[0])).toEqual([
        '### Part 1',
        '### Part 2',
        '### Part 3',
        '### Part 4',
        '### Part 5',
        expect.stringContaining('paper status'),
      ]);
      expect(messages.every(({ onlyFor }) => onlyFor === scene.bo.id)).toBe(true);
      expectClean(scene.fake);
    },
  );

  it.each(['at once', 'late'])('brings a file, %s', async (when) => {
    const file = { name: 'saved.bib', mediaType: 'application/x-bibtex', content: '@misc{ä}' };
    const reply = words('Saved', { file });
    await using scene = await openGateway({
      run:
        when === 'late'
          ? slowly(
              () => scene.fake,
              () => reply,
            )
          : () => reply,
    });
    const answer = await scene.bo.slash(scene.channel, 'paper saved', { format: 'bibtex' });
    expect(answer.messages).toHaveLength(1);
    expect(answer.messages[0]?.attachments).toMatchObject([{ filename: 'saved.bib', text: '@misc{ä}' }]);
    expectClean(scene.fake);
  });

  it.each(['at once', 'late'])('may be answered for all to see: a panel, %s', async (when) => {
    const panels: unknown[] = [];
    await using scene = await openGateway({
      run:
        when === 'late'
          ? slowly(
              () => scene.fake,
              () => PANEL,
            )
          : () => PANEL,
      hooks: { onPanel: async (panel) => void panels.push(panel) },
    });
    const { channel, ada, fake } = scene;
    await ada.slash(channel, 'paper topics panel');
    await expect.poll(() => panels.length).toBe(1);
    const [message] = fake.messages(channel);
    expect(message?.onlyFor).toBeUndefined();
    expect(messageText(message)).toContain('Topics');
    expect(panels).toMatchObject([
      { on: { messageId: message?.id, place: { channel: channel.id } }, topics: BUILT_IN_TOPICS.slice(0, 3) },
    ]);
    expectClean(fake);
  });

  it('says privately what was wrong with a panel', async () => {
    await using scene = await openGateway({
      run: () => PANEL,
      hooks: { onPanel: async () => 'No emoji here.' },
    });
    const answer = await scene.ada.slash(scene.channel, 'paper topics panel');
    const [, trouble] = await answer.whenMessages(2);
    expect(messageText(trouble)).toContain('No emoji here.');
    expect(trouble?.onlyFor).toBe(scene.ada.id);
  });
});

function card(title: string) {
  return { kind: 'text' as const, title, paragraphs: [] };
}
