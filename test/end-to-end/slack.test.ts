import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addDays, MINUTE_MS } from '../../src/domain/calendar.ts';
import { type Channel, type Message, messageText, type View, viewText } from '../fakes/slack/index.ts';
import { papersIn } from './answers.ts';
import { AGENTS, eventually, stop, TODAY } from './running.ts';
import {
  addFeed,
  allPosted,
  firstOf,
  openSlackWorld,
  papersOn,
  posted,
  type SlackWorld,
  textOfAnswer,
  WAYS,
} from './slack-world.ts';

const TOMORROW = addDays(TODAY, 1);
/** Three at once, on a machine that may be busy. */
const LONGEST_STORY_MS = 60_000;

/** Sets two feeds up, one by its command and one by its form, and a panel on which Bo follows two topics. */
async function setUp(world: SlackWorld): Promise<{ reading: Channel; panel: Message }> {
  const { fake, channel, ada, bo } = world;
  const reading = fake.addChannel({ name: 'reading' });
  expect(await textOfAnswer(bo.slash(channel, '/paper feed add time:09:00'))).toContain('Only managers');
  await addFeed(world, { layout: 'cards', limit: 2 });
  const form = await (await ada.slash(reading, '/paper feed add')).whenView();
  const fields = { Channel: reading, Time: '09:00', 'Time zone': 'UTC', 'Most papers of each list': '4' };
  const sent = await ada.submit(form, fields);
  await sent.whenShown();
  expect(sent.errors).toEqual({});
  expect(viewText(sent.view)).toContain('09:00 UTC');
  expect([allPosted(fake, channel), allPosted(fake, reading)]).toEqual([[], []]);

  const lobby = fake.addChannel({ name: 'lobby' });
  await textOfAnswer(ada.slash(lobby, '/paper topics panel'));
  const [panel] = posted(fake, lobby) as [Message];
  expect(panel.reactions.size).toBe(20);
  bo.react(panel, 'robot_face');
  bo.react(panel, 'clapper');
  await eventually(
    async () => /Agents.*Video|Video.*Agents/s.test(await followedBy(world)),
    'both are followed',
  );
  return { reading, panel };
}

function followedBy({ bo, channel }: SlackWorld): Promise<string> {
  return textOfAnswer(bo.slash(channel, '/paper following'));
}

/** Both editions at their minute: one message, and a heading with its papers under it. */
async function receive({ fake, channel }: SlackWorld, reading: Channel) {
  const arePosted = () => allPosted(fake, channel).length === 3 && posted(fake, reading).length === 1;
  await eventually(arePosted, 'both editions come');
  const [digest] = posted(fake, reading) as [Message];
  const [heading, ...cards] = allPosted(fake, channel) as [Message, Message, Message];
  expect(papersOn(digest)).toHaveLength(4);
  expect(cards.map(({ threadTs }) => threadTs)).toEqual([heading.ts, heading.ts]);
  expect(cards.map((card) => papersOn(card).length)).toEqual([1, 1]);
  for (const { sentAtMs } of [digest, heading]) {
    expect(sentAtMs).toBeGreaterThanOrEqual(Date.parse(`${TODAY}T09:00:00.000Z`));
    expect(sentAtMs).toBeLessThan(Date.parse(`${TODAY}T09:00:00.000Z`) + MINUTE_MS / 4);
  }
  return { digest, card: cards[0] as Message };
}

/** Details, search and sharing: for who asks alone, until it is shared. */
async function read({ fake, channel, bo }: SlackWorld, digest: Message): Promise<void> {
  const [, id = ''] = papersOn(digest);
  const details = await firstOf(bo.choose(digest, 'Details of …', id));
  expect([details.onlyFor, papersOn(details)]).toEqual([bo.id, [id]]);
  expect(messageText(details)).toContain('Abstract');
  expect(await textOfAnswer(bo.press(details, 'Save'))).toContain('Saved');
  expect(await textOfAnswer(bo.press(details, '👍'))).toContain('👍 noted');
  expect(papersOn(await firstOf(bo.slash(channel, '/paper saved')))).toEqual([id]);

  const search = () => firstOf(bo.slash(channel, '/paper search paper boats'));
  // What the source finds beside the archive is in the archive from then on, and is ranked anew.
  await search();
  const page = await search();
  const before = papersOn(page);
  expect(before).toHaveLength(10);
  const next = await firstOf(bo.press(page, 'More'));
  expect(next).toBe(page);
  expect(papersOn(next)).toHaveLength(10);
  expect(papersOn(next)).not.toEqual(before);
  expect(papersOn(await firstOf(bo.press(next, 'Back')))).toEqual(before);

  const today = await firstOf(bo.slash(channel, '/paper today limit:2'));
  const count = posted(fake, channel).length;
  await bo.press(today, 'Share to channel');
  await eventually(() => posted(fake, channel).length > count, 'it is shared');
  const shared = posted(fake, channel).at(-1) as Message;
  expect(papersOn(shared)).toEqual(papersOn(today));
  expect(messageText(shared)).toContain(`Shared by ${bo.mention}`);

  const said = bo.say(channel, `Has anybody read https://arxiv.org/abs/${id}v2?`);
  const found = await firstOf(bo.messageShortcut('find_papers', said));
  expect([papersOn(found), found.onlyFor]).toEqual([[id], bo.id]);
  await eventually(() => said.unfurls.size > 0, 'the link gets its card');
  expect(papersIn(JSON.stringify([...said.unfurls.values()]))).toEqual([id]);
}

/** The search that stands everywhere: words in a window, papers in their place. */
async function searchAnywhere({ bo }: SlackWorld): Promise<void> {
  const window = await (await bo.globalShortcut('search_papers')).whenView();
  await bo.submit(window, { 'What to look for': 'paper boats' });
  await eventually(() => papersIn(viewText(bo.modal)).length > 0, 'the window shows papers');
}

/** What was followed by emoji is asked about once; an emoji that is taken back ends it, on a panel and on a card. */
async function follow(world: SlackWorld, panel: Message, card: Message): Promise<void> {
  const { fake, channel, bo } = world;
  await eventually(() => posted(fake, bo.dm()).length > 0, 'the question comes');
  const [question] = posted(fake, bo.dm()) as [Message];
  expect(messageText(question)).toMatch(/You follow .*Agents/);
  await bo.press(question, 'Send it');
  bo.unreact(panel, 'clapper');
  await eventually(async () => !(await followedBy(world)).includes('Video'), 'the emoji unfollows');
  const [paper = ''] = papersOn(card);
  const isSaved = async () => papersOn(await firstOf(bo.slash(channel, '/paper saved'))).includes(paper);
  bo.react(card, 'bookmark');
  await eventually(isSaved, 'the emoji saves');
  bo.unreact(card, 'bookmark');
  await eventually(async () => !(await isSaved()), 'it is taken back');
  expect(posted(fake, bo.dm())).toHaveLength(1);
}

/** The Home tab shows what is followed, saved and posted, changes it, and erases it. */
async function useHome({ fake, bo }: SlackWorld, reading: Channel): Promise<void> {
  bo.openHome();
  await fake.until(() => bo.home !== undefined);
  expect(viewText(bo.home)).toContain(`<#${reading.id}>`);
  expect(tickedOn(bo.home)).toEqual(['agents']);
  await bo.press(bo.home as View, 'video');
  await fake.until(() => tickedOn(bo.home).includes('video'));
  expect(tickedOn(bo.home)).toEqual(['agents', 'video']);
  expect(papersIn(viewText(bo.home))).toHaveLength(1);
  await bo.press(bo.home as View, 'Remove');
  await fake.until(() => papersIn(viewText(bo.home)).length === 0);
  await bo.press(bo.home as View, 'Delete my data');
  await fake.until(() => tickedOn(bo.home).length === 0);
  expect(viewText(bo.home)).toContain('You have saved nothing yet');
}

const initialSchema = z.object({ initial_options: z.array(z.object({ value: z.string() })).default([]) });

/** Topics that are ticked on a Home tab. */
function tickedOn(home: View | undefined): string[] {
  const elements = (home?.blocks ?? []).flatMap(({ elements: own }) => (Array.isArray(own) ? own : []));
  const ticks = elements.filter(({ type }) => type === 'checkboxes');
  return ticks.flatMap((one) => initialSchema.parse(one).initial_options.map(({ value }) => value));
}

describe('a workspace that Paperwire is in', () => {
  it.concurrent.each(WAYS)(
    'gets editions at their minute, reads, shares, follows by emoji, has digests and a Home tab, by %s',
    async (way) => {
      await using world = await openSlackWorld({ way, extras: ['unfurl'] });
      const { fake, bo, program } = world;
      const first = await world.start();
      const { reading, panel } = await setUp(world);
      await stop(first);

      world.setTime(`${TODAY}T08:59:57.000Z`);
      const second = await world.start();
      const { digest, card } = await receive(world, reading);
      await follow(world, panel, card);
      await read(world, digest);
      await searchAnywhere(world);
      await stop(second);

      world.setTime(`${TOMORROW}T09:00:30.000Z`);
      const third = await world.start();
      await eventually(() => posted(fake, bo.dm()).length > 1, 'the digest comes');
      const [, own] = posted(fake, bo.dm()) as [Message, Message];
      expect(messageText(own)).toMatch(new RegExp(`For you.*${AGENTS}`, 's'));
      await useHome(world, reading);
      const status = await program.run(['status'], { env: world.env() });
      expect([status.code, status.out]).toEqual([0, expect.stringContaining('posted')]);
      await stop(third);
      await fake.settled();
      expect(fake.told.filter(({ isAcked }) => !isAcked)).toEqual([]);
    },
    LONGEST_STORY_MS,
  );
});
