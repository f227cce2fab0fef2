import { describe, expect, it } from 'vitest';
import type { Invocation, Reply } from '../../../../src/command.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { type FakeDiscord, messageText } from '../../../fakes/discord/index.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { hurried, openGateway, words } from '../gateway/gateway-scene.ts';

const CALLBACK = 'POST /interactions/{id}/{token}/callback';
const PANEL: Reply = {
  visibility: 'channel',
  cards: [{ kind: 'panel', title: 'Topics', paragraphs: [], topics: BUILT_IN_TOPICS.slice(0, 3) }],
  outcome: 'done',
};

function expectClean(fake: FakeDiscord): void {
  expect(fake.problems).toEqual([]);
  expect(fake.ownProblems).toEqual([]);
}

/** A host whose answer comes only after Discord has been told to wait. */
function slowly(fake: () => FakeDiscord, reply: (invocation: Invocation) => Reply) {
  return async (invocation: Invocation) => {
    const before = fake().count(CALLBACK);
    await fake().until(() => fake().count(CALLBACK) > before || isAnswered(fake()));
    return reply(invocation);
  };
}

function isAnswered(fake: FakeDiscord): boolean {
  return fake.requests.some(({ path, status }) => path.endsWith('/callback') && status === 204);
}

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

describe('what is being typed', () => {
  it('is completed', async () => {
    const asked: unknown[] = [];
    await using scene = await openGateway({
      host: {
        complete: async (typing) => {
          asked.push(typing);
          return [{ kind: 'zone', label: 'Europe/Berlin', value: 'Europe/Berlin' }];
        },
      },
    });
    const { channel, ada, guild } = scene;
    const answer = await ada.autocomplete(channel, 'paper feed add', 'zone', { zone: 'ber' });
    expect(answer.choices).toMatchObject([{ name: 'Europe/Berlin', value: 'Europe/Berlin' }]);
    const place = { platform: 'discord', workspace: guild.id, channel: channel.id };
    const member = { id: ada.id, isManager: true };
    expect(asked).toMatchObject([{ command: 'feed add', option: 'zone', typed: 'ber', place, member }]);
    expectClean(scene.fake);
  });

  it('has no suggestions while the store is down, nor when they take too long', async () => {
    let isDown = true;
    await using scene = await openGateway({
      host: {
        complete: () => (isDown ? Promise.reject(new Error('The disk is full.')) : new Promise(() => {})),
      },
      config: { clock: hurried },
    });
    const { channel, ada, logged } = scene;
    const down = await ada.autocomplete(channel, 'paper search', 'query', { query: 'a' });
    isDown = false;
    const slow = await ada.autocomplete(channel, 'paper search', 'query', { query: 'a' });
    expect([down.type, slow.type, down.choices, slow.choices]).toEqual([8, 8, [], []]);
    expect(logged(40)).toEqual(['There are no suggestions']);
  });
});

describe('a message that a person points at', () => {
  it('is searched for papers', async () => {
    await using scene = await openGateway();
    const { bo, channel, invocations, fake } = scene;
    const said = bo.say(channel, 'Look at https://arxiv.org/abs/2601.00001');
    await bo.useOn(said, 'Find the papers in this message');
    const list = await scene.post(channel, {
      kind: 'list',
      title: 'Today',
      sections: [{ entries: [{ number: 1, paper: aPaper({ id: '2601.00002' }) }] }],
      notes: [],
    });
    await bo.useOn(list, 'Find the papers in this message');
    expect(invocations[0]).toMatchObject({
      command: 'find',
      options: { text: 'Look at https://arxiv.org/abs/2601.00001' },
    });
    expect(String(invocations[1]?.options.text)).toContain('2601.00002');
    expectClean(fake);
  });
});

describe('when things go wrong', () => {
  it('an answer whose arrival is not known is given again, and shown once', async () => {
    await using scene = await openGateway();
    const { fake, channel, bo } = scene;
    for (const kind of ['reset-after', 'cut-after', 'cut-before'] as const) {
      fake.fail(CALLBACK, { kind }, { times: 1 });
      const answer = await bo.slash(channel, 'paper status');
      expect(answer.messages, kind).toHaveLength(1);
      expect(answer.shown, kind).toBe(1);
    }
    fake.fail(CALLBACK, { kind: 'status', status: 503 }, { times: 2 });
    expect((await bo.slash(channel, 'paper status')).messages).toHaveLength(1);
    expect(scene.logged(50)).toEqual([]);
  });

  it('an answer that comes too late ends the command', async () => {
    await using scene = await openGateway({
      run: ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    });
    const { fake, channel, bo, invocations, logged } = scene;
    fake.fail(CALLBACK, { kind: 'status', status: 404, code: 10062 }, { times: 1 });
    void bo.slash(channel, 'paper status');
    await fake.until(() => fake.count(CALLBACK) > 0);
    await expect.poll(() => invocations[0]?.signal?.aborted).toBe(true);
    await expect.poll(() => logged(30)).toContain('An answer came too late');
    expect(logged(50)).toEqual([]);
  });

  it('an answer that Discord does not take is replaced by a sentence', async () => {
    await using scene = await openGateway();
    const { fake, channel, bo, logged } = scene;
    fake.fail(CALLBACK, { kind: 'status', status: 400, code: 50035 }, { times: 1 });
    const answer = await bo.slash(channel, 'paper status');
    expect(answer.messages).toHaveLength(1);
    expect(messageText(answer.messages[0])).toContain('Please try again');
    expect(logged(50)).toEqual(['An answer could not be given']);
  });

  it('an answer that cannot be filled in is replaced by a sentence', async () => {
    await using scene = await openGateway({
      run: slowly(
        () => scene.fake,
        () => words('Slow'),
      ),
    });
    const { fake, channel, bo } = scene;
    fake.fail('PATCH /webhooks/**', { kind: 'status', status: 400, code: 50035 }, { times: 1 });
    const answer = await bo.slash(channel, 'paper status');
    expect(answer.messages).toHaveLength(1);
    expect(messageText(answer.messages[0])).toContain('Please try again');
  });

  it('an interaction that is told twice is taken once, and one of a kind that we do not know is answered', async () => {
    await using scene = await openGateway();
    const { fake, bo, guild, channel, invocations } = scene;
    const address = { application_id: fake.applicationId, token: 'some-token', channel_id: channel.id };
    const who = { guild_id: guild.id, member: { user: { id: bo.id }, permissions: '0' }, ...address };
    const slash = {
      type: 2,
      data: { type: 1, name: 'paper', options: [{ type: 1, name: 'status' }] },
      ...who,
    };
    const events = [
      { id: '11', ...slash },
      { id: '11', ...slash },
      { id: '12', type: 5, data: { custom_id: 'modal' }, ...who },
      { id: '13', ...slash },
    ];
    events.forEach((d, index) => {
      fake.gateway.send({ op: 0, t: 'INTERACTION_CREATE', s: 1000 + index, d });
    });
    // Discord knows of none of them, so that the answers are refused.
    await fake.until(() => fake.count('POST /interactions/13/*/callback') > 0);
    expect(fake.count('POST /interactions/11/*/callback')).toBe(1);
    expect(fake.count('POST /interactions/12/*/callback')).toBe(1);
    expect(invocations).toHaveLength(2);
  });

  it('the bot stops only after those who wait have their answer', async () => {
    await using scene = await openGateway({
      run: slowly(
        () => scene.fake,
        () => words('Slow'),
      ),
    });
    const answer = scene.bo.slash(scene.channel, 'paper status');
    await scene.fake.until(() => scene.fake.count(CALLBACK) > 0);
    await scene.gateway.stop();
    expect(messageText((await answer).messages[0])).toContain('Slow');
  });
});
