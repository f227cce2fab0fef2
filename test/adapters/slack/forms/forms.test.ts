import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invocation, Reply } from '../../../../src/command.ts';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { type Answer, type Channel, type View, viewText } from '../../../fakes/slack/index.ts';
import { eventually, openPeople, type PeopleScene } from '../people-scene.ts';

let scene: PeopleScene;
beforeEach(async () => {
  scene = await openPeople();
});
afterEach(async () => {
  const wrong = await scene.close();
  expect(wrong).toEqual([]);
});

/** Grace opens the form for a new feed. */
async function opened(channel: Channel = scene.channel): Promise<View> {
  const answer = await scene.grace.slash(channel, '/paper feed add');
  return await answer.whenView();
}

const entered = (view: View, block: string) => [...(view.values.get(block)?.values() ?? [])][0];
const shown = (answer: Answer) => viewText(answer.modal);

/** Has a command take longer than Slack waits: it goes on once that is let. */
function hold(command: string): { go: () => void; given: Invocation[] } {
  const { host } = scene;
  const run = host.run.bind(host);
  const { promise, resolve } = Promise.withResolvers<void>();
  const given: Invocation[] = [];
  host.run = async (invocation: Invocation): Promise<Reply> => {
    if (invocation.command !== command) return await run(invocation);
    given.push(invocation);
    await promise;
    return await run(invocation);
  };
  return { go: resolve, given };
}

describe('the form for a new feed', () => {
  it('proposes the channel where it is opened and the zone of the member', async () => {
    const view = await opened();
    expect(entered(view, 'channel')).toMatchObject({ selected_conversation: scene.channel.id });
    expect(entered(view, 'zone')).toMatchObject({ selected_option: { value: 'Europe/Berlin' } });
    expect(entered(view, 'time')).toMatchObject({ selected_time: '09:00' });
    expect(viewText(view)).toContain('🤖 Agents');
  });

  it('never proposes a channel that everybody is in, nor a direct message', async () => {
    const general = [...scene.fake.team.channels.values()].find(({ isGeneral }) => isGeneral) as Channel;
    for (const channel of [general, scene.grace.dm()])
      expect(entered(await opened(channel), 'channel')).toMatchObject({ selected_conversation: null });
  });

  it('adds the feed as it was filled in, and says when it posts first', async () => {
    const view = await opened();
    const answer = await scene.grace.submit(view, {
      time: '17:30',
      zone: 'Asia/Tokyo',
      days: ['mon', 'wed'],
      topics: ['agents', 'robotics'],
      limit: '5',
      layout: 'cards',
      include: 'tool use, planning',
      'code-only': ['true'],
      'min-votes': '3',
    });
    expect(answer.errors).toEqual({});
    expect(shown(answer)).toContain('Feed feed01 added');
    expect(shown(answer)).toContain('on 2026-11-23 at 17:30 Asia/Tokyo');
    expect(await scene.feeds()).toMatchObject([
      {
        destination: { channel: scene.channel.id },
        manager: scene.grace.id,
        time: '17:30',
        zone: 'Asia/Tokyo',
        days: ['mon', 'wed'],
        limit: 5,
        layout: 'cards',
        filters: {
          include: ['tool use', 'planning'],
          exclude: [],
          topics: ['agents', 'robotics'],
          codeOnly: true,
          minVotes: 3,
        },
      },
    ]);
  });

  it('shows a preview in the place of what was done', async () => {
    const answer = await scene.grace.submit(await opened());
    await scene.grace.press(answer.modal as View, 'Preview');
    await eventually(() => viewText(scene.grace.modal).includes('There is nothing new'));
    expect(viewText(scene.grace.modal)).not.toContain('Feed feed01 added');
  });

  it('offers time zones as one types them', async () => {
    const view = await opened();
    const { options } = await scene.grace.suggest(view, 'form:zone', 'new york');
    expect(options.map(({ value }) => value)).toContain('America/New_York');
  });

  it('offers nothing where zones are not known in time', async () => {
    const view = await opened();
    let isAsked = false;
    scene.host.complete = () => {
      isAsked = true;
      return new Promise(() => {});
    };
    const suggesting = scene.grace.suggest(view, 'form:zone', 'new york');
    await eventually(() => isAsked);
    scene.clock.advance(2 * SECOND_MS);
    expect(await suggesting).toMatchObject({ options: [], afterMs: 2 * SECOND_MS });
  });

  it('tells whoever may not add feeds', async () => {
    const answer = await scene.ada.slash(scene.channel, '/paper feed add');
    expect(viewText(await answer.whenView())).toContain('Only managers');
  });

  it('asks again at the submission whether one may', async () => {
    const view = await opened();
    scene.grace.user.role = 'member';
    scene.clock.advance(61 * SECOND_MS);
    const answer = await scene.grace.submit(view);
    expect(shown(answer)).toContain('Only managers');
    expect(await scene.feeds()).toEqual([]);
  });

  it('shows what is wrong with a field at that field, and keeps the rest', async () => {
    const { host } = scene;
    const run = host.run.bind(host);
    const cards = [{ kind: 'text' as const, title: 'That did not work', paragraphs: ['No such time.'] }];
    host.run = async (given) =>
      given.command === 'feed add' && given.options.time === '10:00'
        ? { visibility: 'private', outcome: 'refused', cards, option: 'time' }
        : await run(given);
    const view = await opened();
    const answer = await scene.grace.submit(view, { time: '10:00', limit: '7' });
    expect(answer.errors).toEqual({ time: 'No such time.' });
    expect(await scene.feeds()).toEqual([]);
    // The same again is no repetition: nothing was saved.
    expect((await scene.grace.submit(view)).errors).toEqual({ time: 'No such time.' });
    const again = await scene.grace.submit(view, { time: '11:00' });
    expect(shown(again)).toContain('Feed feed01 added');
    expect(await scene.feeds()).toMatchObject([{ time: '11:00', limit: 7 }]);
  });

  it('adds one feed, however often it is sent', async () => {
    const view = await opened();
    const [one, other] = await Promise.all([scene.grace.submit(view), scene.grace.submit(view)]);
    expect(await scene.feeds()).toHaveLength(1);
    expect([one.acked, other.acked].map((acked) => JSON.stringify(acked)).join()).toContain('added');
  });

  it('says that it is at it where it takes long, and what became of it later', async () => {
    const view = await opened();
    const { go, given } = hold('feed add');
    const submitting = scene.grace.submit(view);
    await eventually(() => given.length === 1);
    scene.clock.advance(2 * SECOND_MS);
    const answer = await submitting;
    expect(shown(answer)).toContain('Paperwire is at it');
    go();
    await eventually(() => viewText(scene.grace.modal).includes('Feed feed01 added'));
  });

  it('is content where it was closed meanwhile', async () => {
    const view = await opened();
    const { go, given } = hold('feed add');
    const submitting = scene.grace.submit(view);
    await eventually(() => given.length === 1);
    scene.clock.advance(2 * SECOND_MS);
    await submitting;
    await scene.grace.close(scene.grace.modal as View);
    go();
    await eventually(() => scene.fake.count('views.update') === 1);
    await eventually(async () => (await scene.feeds()).length === 1);
    expect(scene.isSaid('What Slack told could not be done')).toBe(0);
  });

  it('comes a little later where what it shows takes long', async () => {
    const { go, given } = hold('topics list');
    const opening = scene.grace.slash(scene.channel, '/paper feed add');
    await eventually(() => given.length === 1);
    scene.clock.advance(SECOND_MS);
    const answer = await opening;
    expect(viewText(await answer.whenView())).toContain('Paperwire is at it');
    go();
    await eventually(() => viewText(scene.grace.modal).includes('🤖 Agents'));
  });

  it('shows what the member must be told by the way, wherever that is said', async () => {
    const { host } = scene;
    const run = host.run.bind(host);
    const saying = (command: string, sentence: string) => {
      host.run = async (given) => {
        const reply = await run(given);
        if (given.command !== command) return reply;
        return {
          ...reply,
          cards: [...reply.cards, { kind: 'text', title: 'By the way', paragraphs: [sentence] }],
        };
      };
    };
    saying('topics list', 'Your messages are closed.');
    const view = await opened();
    expect(viewText(view)).toContain('By the way: Your messages are closed.');
    saying('feed add', 'One thing more.');
    expect(shown(await scene.grace.submit(view))).toContain('By the way: One thing more.');
  });

  it('tells where Slack waited no longer', async () => {
    const { fake, grace, channel } = scene;
    fake.fail('views.open', { kind: 'error', error: 'expired_trigger_id' }, { times: 1 });
    const answer = await grace.slash(channel, '/paper feed add');
    await answer.whenShown();
    expect(JSON.stringify(answer.responses)).toContain('Please open it again');
  });
});

describe('a channel that the bot is not in', () => {
  async function refused(kind: 'public' | 'private'): Promise<{ answer: Answer; outside: Channel }> {
    const outside = scene.fake.addChannel({ name: 'outside', kind, hasBot: false, members: [scene.grace] });
    const view = await opened();
    const answer = await scene.grace.submit(view, { channel: outside, limit: '9' });
    return { answer, outside };
  }

  it('is joined if one likes, and the form is saved then', async () => {
    const { answer, outside } = await refused('public');
    expect(shown(answer)).toContain('not in this channel');
    await scene.grace.press(answer.modal as View, 'Join this channel');
    await eventually(() => viewText(scene.grace.modal).includes('Feed feed01 added'));
    expect(await scene.feeds()).toMatchObject([{ destination: { channel: outside.id }, limit: 9 }]);
    expect(outside.members.has(scene.fake.team.bot.id)).toBe(true);
  });

  it('may be one that only an invitation opens', async () => {
    const { answer } = await refused('private');
    expect(shown(answer)).not.toContain('Join this channel');
    expect(entered(answer.modal as View, 'limit')).toMatchObject({ value: '9' });
    expect(await scene.feeds()).toEqual([]);
  });

  it('says so where Slack does not let us join', async () => {
    const { answer } = await refused('public');
    scene.fake.fail('conversations.join', { kind: 'error', error: 'missing_scope' });
    await scene.grace.press(answer.modal as View, 'Join this channel');
    await eventually(() => viewText(scene.grace.modal).includes('could not join'));
    expect(await scene.feeds()).toEqual([]);
  });
});

describe('the form of a feed that is there', () => {
  async function edited(fields: Record<string, string | string[]>): Promise<Answer> {
    await scene.give(scene.grace, 'feed add', { include: 'agents', 'ripe-hours': 7 });
    scene.grace.openHome();
    await eventually(() => viewText(scene.grace.home).includes('feed01'));
    await (await scene.grace.press(scene.grace.home as View, 'Change')).whenView();
    return await scene.grace.submit(scene.grace.modal as View, fields);
  }

  it('changes what was changed and nothing else', async () => {
    const answer = await edited({ time: '10:15', include: '' });
    expect(shown(answer)).toContain('Feed feed01 changed');
    expect(await scene.feeds()).toMatchObject([
      { time: '10:15', zone: 'UTC', ripeHours: 7, filters: { include: [] } },
    ]);
  });

  it('is content with no change at all', async () => {
    const answer = await edited({});
    expect(shown(answer)).toContain('feed01');
    expect(shown(answer)).toContain('next edition');
  });
});
