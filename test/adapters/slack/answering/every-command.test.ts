import { describe, expect, it } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { messageText } from '../../../fakes/slack/index.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { openSlack } from './slack-scene.ts';

const { slackAnswers: SAY } = textsFor(undefined);
/** Slack waits so long for an acknowledgement. */
const DEADLINE_MS = 3000;

type Scene = Awaited<ReturnType<typeof openSlack>>;

function expectClean({ fake, logged }: Scene): void {
  expect(fake.problems).toEqual([]);
  expect(fake.ownProblems).toEqual([]);
  expect(logged(50)).toEqual([]);
}

describe('on Slack', () => {
  it('every command is acknowledged, answered for its caller alone, and taken by Slack', async () => {
    await using scene = await openSlack();
    const { fake, channel, ada, bo } = scene;
    for (const { example, name } of commands) {
      for (const person of [ada, bo]) {
        const answer = await (await person.slash(channel, `/paper ${example}`)).whenShown();
        expect(answer.ackedAfterMs, name).toBeLessThan(DEADLINE_MS);
        const [message] = await answer.whenMessages();
        expect(message?.onlyFor, name).toBe(person.id);
        expect(messageText(message), name).not.toBe('');
      }
    }
    // The panel, which only a manager can have posted.
    expect(fake.messages(channel)).toHaveLength(1);
    expectClean(scene);
  }, 60_000);

  it('a list is read, opened, shared, saved and turned', async () => {
    await using scene = await openSlack();
    const { fake, channel, ada, bo } = scene;
    const [list] = await (await ada.slash(channel, '/paper today limit:2')).whenMessages();
    if (!list) throw new Error('no list');
    expect(messageText(list)).toContain(SAY.share);
    const [choice] = await (await ada.choose(list, 'Details of …', '2601.00001')).whenMessages();
    expect(choice?.onlyFor).toBe(ada.id);
    const turned = await (await ada.press(list, 'More')).whenShown();
    expect(turned.responses).toMatchObject([{ replace_original: true }]);
    expect(fake.messages(channel)).toEqual([]);
    await (await ada.press(list, SAY.share)).whenShown();
    const [shared] = fake.messages(channel);
    if (!shared) throw new Error('nothing was shared');
    expect(messageText(shared)).toContain(`Shared by ${ada.mention}`);
    const [seen] = await (await bo.choose(shared, 'Details of …', '2601.00003')).whenMessages();
    expect(seen?.onlyFor).toBe(bo.id);
    expect(fake.messages(channel)).toEqual([shared]);
    expectClean(scene);
  });

  it('an edition stays as it is, whatever is pressed on it', async () => {
    await using scene = await openSlack();
    const { fake, channel, ada, bo } = scene;
    const entries = [{ number: 1, paper: aPaper({ id: '2601.00001' }) }];
    const more = { label: 'More', command: 'today', options: { page: 2, limit: 2 } };
    const list = {
      kind: 'list' as const,
      title: 'Today',
      sections: [{ entries }],
      notes: [],
      actions: [more],
    };
    await scene.post(channel, list);
    const [edition] = fake.messages(channel);
    if (!edition) throw new Error('no edition');
    const before = messageText(edition);
    for (const person of [ada, bo]) {
      const [page] = await (await person.press(edition, 'More')).whenMessages();
      const [paper] = await (await person.choose(edition, 'Details of …', '2601.00001')).whenMessages();
      expect([page?.onlyFor, paper?.onlyFor]).toEqual([person.id, person.id]);
    }
    expect(fake.messages(channel)).toEqual([edition]);
    expect(messageText(edition)).toBe(before);
    expectClean(scene);
  });

  it('an answer that is lost is told in the log and breaks nothing', async () => {
    await using scene = await openSlack();
    const { fake, channel, ada, logged } = scene;
    fake.fail('response_url', { kind: 'cut-before' }, { times: 1 });
    const lost = await ada.slash(channel, '/paper today');
    await fake.until(() => fake.count('response_url') === 1);
    const [message] = await (await ada.slash(channel, '/paper today')).whenMessages();
    expect(lost.ackedAfterMs).toBeDefined();
    expect(messageText(message)).toContain('2601.00001');
    expect(logged(40).map(({ msg }) => msg)).toEqual(['An answer may not have arrived']);
    expectClean(scene);
  });

  it('help opens the search, and what is found in it can be saved', async () => {
    await using scene = await openSlack();
    const { channel, ada } = scene;
    const [help] = await (await ada.slash(channel, '/paper')).whenMessages();
    if (!help) throw new Error('no help');
    const search = await (await ada.press(help, SAY.help.search)).whenView();
    await ada.submit(search, { [SAY.modal.label]: '2601.00001' });
    await scene.fake.until(() => JSON.stringify(ada.modal?.blocks).includes('Details of'));
    const found = ada.modal;
    if (!found) throw new Error('nothing was found');
    await ada.choose(found, 'Details of …', '2601.00001');
    await scene.fake.until(() => JSON.stringify(ada.modal?.blocks).includes(SAY.modal.back));
    expectClean(scene);
  });

  it('the search opens by its shortcut, and papers are found in a message', async () => {
    await using scene = await openSlack();
    const { channel, ada, bo } = scene;
    const opened = await ada.globalShortcut('search_papers');
    expect((await opened.whenView()).callbackId).toBe('search:papers');
    const message = bo.say(channel, 'Have you read 2601.00002?');
    const [found] = await (await ada.messageShortcut('find_papers', message)).whenMessages();
    expect(messageText(found)).toContain('2601.00002');
    expectClean(scene);
  });

  it('a feed in a channel without us is added once we are let in by a press', async () => {
    await using scene = await openSlack();
    const { fake, ada, world } = scene;
    const outside = fake.addChannel({ name: 'outside', hasBot: false });
    const [offer] = await (await ada.slash(outside, '/paper feed add time:09:00 zone:UTC')).whenMessages();
    if (!offer) throw new Error('no offer');
    expect(messageText(offer)).toContain('/invite');
    await (await ada.press(offer, SAY.joinAndAdd)).whenShown();
    const feeds = await world.feeds.list({ platform: 'slack', workspace: fake.team.id });
    expect(feeds.map(({ feed }) => feed.destination.channel)).toEqual([outside.id]);
    expect(outside.members.has(fake.team.bot.id)).toBe(true);
    expectClean(scene);
  });

  it.each([[true], [false]])(
    'a bibliography comes as a file where files may be written: %s',
    async (mayWrite) => {
      const scopes = ['commands', 'chat:write', 'im:write', 'users:read', 'channels:read', 'groups:read'];
      await using scene = await openSlack({ scopes: mayWrite ? [...scopes, 'files:write'] : scopes });
      const { fake, channel, ada } = scene;
      await (await ada.slash(channel, '/paper save 2601.00001')).whenMessages();
      const [answer] = await (await ada.slash(channel, '/paper saved format:bibtex')).whenMessages();
      const files = fake.messages(ada.dm()).flatMap((message) => message.files);
      expect(files.map(({ name }) => name)).toEqual(mayWrite ? ['saved.bib'] : []);
      expect(mayWrite ? files[0]?.text : messageText(answer)).toContain('2601.00001');
      expectClean(scene);
    },
  );
});
