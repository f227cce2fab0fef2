import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../../../src/command.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { messageText } from '../../../fakes/discord/index.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { openGateway, words } from '../gateway/gateway-scene.ts';
import { expectClean, PANEL, slowly } from './interaction-scene.ts';

describe('a press', () => {
  const more = { label: 'More', command: 'search', options: { query: 'agents', page: 2 } };
  const entry = { number: 1, paper: aPaper({ id: '2601.00001' }) };
  const details = {
    kind: 'paper' as const,
    entry,
    notes: [],
    actions: [{ label: 'Save', command: 'save', options: { paper: '2601.00001' } }],
  };

  it('on a public message acts for whoever presses, and is answered privately, by a bot started later too', async () => {
    await using first = await openGateway();
    const message = await first.post(first.channel, details, { mark: 'x'.repeat(25) });
    await first.gateway.stop();
    await using scene = await openGateway({ fake: first.fake });
    const answer = await first.bo.press(message, 'Save');
    expect(scene.invocations).toMatchObject([
      {
        command: 'save',
        options: { paper: '2601.00001' },
        member: { id: first.bo.id },
        place: { workspace: first.guild.id },
      },
    ]);
    expect(answer.messages.map(({ onlyFor }) => onlyFor)).toEqual([first.bo.id]);
    expect(first.fake.messages(first.channel)).toEqual([message]);
    expectClean(first.fake);
  });

  it('in a select gives what was chosen', async () => {
    await using scene = await openGateway();
    const list = { kind: 'list' as const, title: 'Today', sections: [{ entries: [entry] }], notes: [] };
    const message = await scene.post(scene.channel, list);
    await scene.bo.choose(message, 'Details of …', ['2601.00001']);
    const panel = await scene.post(scene.channel, PANEL.cards[0] ?? list);
    await scene.bo.choose(
      panel,
      'Follow topics',
      BUILT_IN_TOPICS.slice(0, 2).map(({ slug }) => slug),
    );
    expect(scene.invocations).toMatchObject([
      { command: 'show', options: { paper: '2601.00001' } },
      { command: 'follow', options: { what: 'language-models,reasoning' } },
    ]);
    expectClean(scene.fake);
  });

  it.each(['at once', 'late'])('turns a page of a private answer in place, %s', async (when) => {
    let isLate = false;
    const reply = ({ options }: Invocation) => words(`Page ${options.page ?? 1}`, { actions: [more] });
    await using scene = await openGateway({
      run: (invocation) => {
        if (isLate) return slowly(() => scene.fake, reply)(invocation);
        return reply(invocation);
      },
    });
    const { fake, channel, bo } = scene;
    const [page] = (await bo.slash(channel, 'paper search', { query: 'agents' })).messages;
    if (!page) throw new Error('no page');
    fake.forget();
    isLate = when === 'late';
    const answer = await bo.press(page, 'More');
    expect(answer.type).toBe(isLate ? 6 : 7);
    expect(answer.messages).toEqual([page]);
    expect(messageText(page)).toContain('Page 2');
    expectClean(fake);
  });

  it.each(['at once', 'late'])('leaves the page that is there when there is no other, %s', async (when) => {
    let isOver = false;
    await using scene = await openGateway({
      run: (invocation) => {
        const reply = () =>
          words(isOver ? 'Nothing more' : 'Page 1', {
            actions: [more],
            outcome: isOver ? 'refused' : 'done',
          });
        return isOver && when === 'late' ? slowly(() => scene.fake, reply)(invocation) : reply();
      },
    });
    const { channel, bo, fake } = scene;
    const [page] = (await bo.slash(channel, 'paper search', { query: 'agents' })).messages;
    if (!page) throw new Error('no page');
    fake.forget();
    isOver = true;
    const answer = await bo.press(page, 'More');
    expect(messageText(page)).toContain('Page 1');
    expect(messageText(answer.messages.at(-1))).toContain('Nothing more');
    expect(answer.messages.at(-1)?.onlyFor).toBe(bo.id);
    expectClean(fake);
  });

  it('on a page that all see turns it for the presser alone', async () => {
    await using scene = await openGateway();
    const message = await scene.post(scene.channel, {
      kind: 'text',
      title: 'Page 1',
      paragraphs: [],
      actions: [more],
    });
    const answer = await scene.bo.press(message, 'More');
    expect(answer.messages.map(({ onlyFor }) => onlyFor)).toEqual([scene.bo.id]);
    expect(messageText(message)).toContain('Page 1');
  });

  it('in a direct message acts in the server it came from, with the rights there where they matter', async () => {
    const asked: string[] = [];
    const again = { label: 'Again', command: 'saved', options: { page: 2 } };
    await using scene = await openGateway({
      run: () => words('Done', { actions: [again] }),
      config: {
        rightsOf: async (server, member) => {
          asked.push(`${server} ${member}`);
          return 32n;
        },
      },
    });
    const { guild, ada, invocations } = scene;
    const actions = [
      { label: 'Resend', command: 'delivery resend', options: { id: 'x#1' } },
      { label: 'Thread here', command: 'following', options: { thread: true } },
    ];
    const message = await scene.post(
      ada.dm(),
      { kind: 'text', title: 'Unclear', paragraphs: [], actions },
      { home: guild.id },
    );
    await ada.press(message, 'Resend');
    const [reply] = (await ada.press(message, 'Thread here')).messages;
    if (!reply) throw new Error('no reply');
    await ada.press(reply, 'Again');
    expect(invocations).toMatchObject([
      {
        command: 'delivery resend',
        place: { workspace: guild.id, channel: ada.dm().id },
        member: { isManager: true },
      },
      {
        command: 'following',
        options: { thread: true },
        place: { workspace: guild.id },
        member: { isManager: false },
      },
      { command: 'saved', options: { page: 2 }, place: { workspace: guild.id } },
    ]);
    expect(asked).toEqual([`${guild.id} ${ada.id}`]);
    expectClean(scene.fake);
  });

  it('in a direct message is no manager’s who has left the server, and says so where nobody can tell', async () => {
    let isDown = false;
    await using scene = await openGateway({
      config: {
        rightsOf: async () => {
          if (isDown) throw new Error('No answer.');
          return undefined;
        },
      },
    });
    const { ada, guild, invocations, logged } = scene;
    const actions = [{ label: 'Resend', command: 'delivery resend', options: { id: 'x#1' } }];
    const message = await scene.post(
      ada.dm(),
      { kind: 'text', title: 'Unclear', paragraphs: [], actions },
      { home: guild.id },
    );
    await ada.press(message, 'Resend');
    isDown = true;
    const answer = await ada.press(message, 'Resend');
    expect(invocations.map(({ member }) => member.isManager)).toEqual([false]);
    expect(answer.messages).toHaveLength(1);
    expect(logged(50)).toHaveLength(1);
  });

  it('in a direct message shows nothing of a server to who has left it, and lets them do what is theirs', async () => {
    await using scene = await openGateway();
    const { ada, guild, invocations } = scene;
    const commands = ['status', 'topics list', 'feed list', 'saved', 'following', 'forget-me'];
    const actions = commands.map((command) => ({ label: command, command, options: {} }));
    const text = { kind: 'text' as const, title: 'Yours', paragraphs: [] };
    for (const part of [actions.slice(0, 3), actions.slice(3)]) {
      const message = await scene.post(ada.dm(), { ...text, actions: part }, { home: guild.id });
      for (const { label } of part) await ada.press(message, label);
    }
    expect(invocations.map(({ command, place }) => [command, place.workspace])).toEqual(
      commands.map((command, index) => [command, index < 3 ? 'direct' : guild.id]),
    );
    expectClean(scene.fake);
  });

  it('that no command is given by any more is answered all the same', async () => {
    await using scene = await openGateway();
    const message = await scene.post(scene.channel, details);
    for (const customId of [
      'gone|x=1',
      'save|nothing=1',
      'show',
      '',
      '|',
      'save|paper=%E0%A4%A',
      '+x',
      '\u{1F4A5}',
    ]) {
      const damaged = JSON.parse(
        JSON.stringify(message.components).replace(
          /"custom_id":"[^"]+"/,
          `"custom_id":${JSON.stringify(customId)}`,
        ),
      );
      const answer = await scene.bo.press({ ...message, components: damaged }, customId);
      expect(answer.messages, customId).toHaveLength(1);
      expect(answer.messages[0]?.onlyFor, customId).toBe(scene.bo.id);
    }
    expectClean(scene.fake);
  });

  it('of what others set up is theirs', async () => {
    await using scene = await openGateway({
      hooks: {
        onPress: (press) =>
          press.data.custom_id.startsWith('save')
            ? async () => ({
                kind: 'update',
                body: {
                  flags: 32768,
                  components: [{ type: 10, content: 'Changed' }],
                  allowed_mentions: { parse: [] },
                },
              })
            : undefined,
      },
    });
    const message = await scene.post(scene.channel, details);
    await scene.bo.press(message, 'Save');
    expect(messageText(message)).toBe('Changed');
    expect(scene.invocations).toEqual([]);
  });
});
