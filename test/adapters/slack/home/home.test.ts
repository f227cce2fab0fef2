import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invocation, Reply } from '../../../../src/command.ts';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { memberAt } from '../../../../src/domain/member.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { type Person, type View, viewText } from '../../../fakes/slack/index.ts';
import { AGENTS, eventually, openPeople, type PeopleScene } from '../people-scene.ts';

let scene: PeopleScene;
beforeEach(async () => {
  scene = await openPeople();
});
afterEach(async () => {
  const wrong = await scene.close();
  expect(wrong).toEqual([]);
});

const published = () => scene.fake.count('views.publish');
const text = (person: Person) => viewText(person.home);

/** Opens the Home tab and waits until it is shown. */
async function open(person: Person): Promise<View> {
  const before = published();
  person.openHome();
  await eventually(() => published() > before && person.home !== undefined);
  return person.home as View;
}

/** Does something on the Home tab and waits until it shows that. */
async function press(person: Person, button: string, until: () => boolean | Promise<boolean>): Promise<void> {
  await person.press(person.home as View, button);
  await eventually(until);
}

async function followed(person: Person): Promise<string[]> {
  const place = { platform: 'slack' as const, workspace: scene.fake.team.id };
  const all = await scene.store.people.subscriptions(memberAt(place, person.id));
  return all.map(({ key }) => key);
}

/** What is ticked on the tab. */
function ticked({ home }: Person): string[] {
  return (home?.blocks ?? []).flatMap(({ elements }) => {
    const [element] = (elements ?? []) as { initial_options?: { value: string }[] }[];
    return (element?.initial_options ?? []).map(({ value }) => value);
  });
}

describe('the Home tab', () => {
  it('is shown in the language of the member, without what only managers may', async () => {
    await scene.give(scene.grace, 'feed add', {});
    await open(scene.ada);
    expect(text(scene.ada)).toContain('Themen, denen du folgst');
    expect(text(scene.ada)).toContain('🤖 Agenten');
    expect(text(scene.ada)).toContain('Paper des Tages');
    expect(text(scene.ada)).not.toContain('Feed anlegen');
    await open(scene.grace);
    expect(text(scene.grace)).toContain('Add a feed');
  });

  it('is not shown where only the tab of messages is opened', async () => {
    scene.ada.openHome('messages');
    await open(scene.grace);
    expect(published()).toBe(1);
  });

  it('is published once for a burst of openings', async () => {
    const { host } = scene;
    const run = host.run.bind(host);
    const { promise, resolve } = Promise.withResolvers<void>();
    host.run = async (given: Invocation): Promise<Reply> => {
      await promise;
      return await run(given);
    };
    for (let times = 0; times < 5; times += 1) scene.ada.openHome();
    await scene.fake.settled();
    resolve();
    await eventually(() => scene.ada.home !== undefined);
    await open(scene.grace);
    expect(
      scene.fake.requests.filter(
        ({ method, args }) => method === 'views.publish' && args.user_id === scene.ada.id,
      ),
    ).toHaveLength(1);
  });

  it('is tried again after the pause that Slack asks for', async () => {
    scene.fake.fail('views.publish', { kind: 'throttle', retryAfterMs: 3000 }, { times: 1 });
    await open(scene.ada);
    expect(scene.clock.slept).toContain(3000);
  });

  it('shows the other parts where one cannot be read', async () => {
    const { host } = scene;
    const run = host.run.bind(host);
    host.run = async (given) => {
      if (given.command !== 'saved') return await run(given);
      const cards = [{ kind: 'text' as const, title: 'Failed', paragraphs: ['The store rests.'] }];
      return { visibility: 'private', outcome: 'failed', cards };
    };
    await open(scene.grace);
    expect(text(scene.grace)).toContain('The store rests.');
    expect(text(scene.grace)).toContain('Add a feed');
  });

  it('shows what the member must be told by the way', async () => {
    sayOnce('Deine Nachrichten sind zu.');
    await open(scene.ada);
    expect(text(scene.ada)).toContain('Übrigens: Deine Nachrichten sind zu.');
    sayOnce('Und noch etwas.');
    await press(scene.ada, 'agents', () => text(scene.ada).includes('Und noch etwas.'));
    expect(await followed(scene.ada)).toEqual(['agents']);
  });
});

/** Has the next answer say something more, which is said once only. */
function sayOnce(sentence: string): void {
  const { host } = scene;
  const run = host.run.bind(host);
  host.run = async (given) => {
    host.run = run;
    const reply = await run(given);
    const title = textsFor(given.locale).host.byTheWay;
    return { ...reply, cards: [...reply.cards, { kind: 'text', title, paragraphs: [sentence] }] };
  };
}

describe('topics on the Home tab', () => {
  it('are followed by a tick, and no longer when it is taken away', async () => {
    await open(scene.ada);
    await press(scene.ada, 'agents', () => ticked(scene.ada).includes('agents'));
    expect(await followed(scene.ada)).toEqual(['agents']);
    await press(scene.ada, 'robotics', () => ticked(scene.ada).length === 2);
    await press(scene.ada, 'agents', () => ticked(scene.ada).length === 1);
    expect(await followed(scene.ada)).toEqual(['robotics']);
  });

  it('take ticks that follow upon each other, whatever is shown by then', async () => {
    const view = await open(scene.ada);
    const presses = ['agents', 'code', 'agents', 'video', 'agents'];
    for (const one of presses) void scene.ada.press(view, one);
    await eventually(async () => {
      const all = [...(await followed(scene.ada))].sort();
      return all.join() === 'agents,code,video' && ticked(scene.ada).length === 3;
    });
  });

  it('leaves alone what was followed elsewhere meanwhile', async () => {
    await open(scene.ada);
    await scene.give(scene.ada, 'follow', { what: 'vision' });
    await press(scene.ada, 'agents', () => ticked(scene.ada).length === 2);
    expect(await followed(scene.ada)).toEqual(['vision', 'agents']);
  });

  it('says why one cannot be followed', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `author:Person ${index}`);
    for (let from = 0; from < 100; from += 20)
      await scene.give(scene.ada, 'follow', { what: names.slice(from, from + 20).join(',') });
    await open(scene.ada);
    await press(scene.ada, 'agents', () => text(scene.ada).includes('mehr geht nicht'));
    expect(ticked(scene.ada)).toEqual([]);
  });

  it('are there for a workspace’s own as well', async () => {
    await scene.give(scene.grace, 'topics add', { name: 'Protein design', query: 'protein' });
    await open(scene.ada);
    await press(scene.ada, 'protein-design', () => ticked(scene.ada).length === 1);
    expect(await followed(scene.ada)).toEqual(['protein-design']);
  });
});

describe('what else a member follows and keeps', () => {
  it('is unfollowed by a button, or by a choice where there are many', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `author:Person ${index}`);
    await scene.give(scene.ada, 'follow', { what: names.join(',') });
    const view = await open(scene.ada);
    await press(scene.ada, 'home:unfollow:0', async () => (await followed(scene.ada)).length === 11);
    await scene.ada.choose(view, 'home:unfollow:more', 'Person 11');
    await eventually(async () => (await followed(scene.ada)).length === 10);
    await eventually(() => !text(scene.ada).includes('Person 11'));
  });

  it('shows how the digest comes, and lets it be set', async () => {
    await open(scene.ada);
    expect(text(scene.ada)).toContain('Du hast noch keine Übersicht');
    await press(scene.ada, 'agents', () => text(scene.ada).includes('Die nächste tägliche'));
    await scene.ada.choose(scene.ada.home as View, 'home:every', 'weekly');
    await eventually(() => text(scene.ada).includes('wöchentliche'));
    await scene.ada.choose(scene.ada.home as View, 'home:time', '18:00');
    await eventually(() => text(scene.ada).includes('18:00'));
    await scene.ada.choose(scene.ada.home as View, 'home:zone', 'Asia/Tokyo');
    await eventually(() => text(scene.ada).includes('18:00 Asia/Tokyo'));
  });

  it('takes quiet hours once both ends are chosen, and ends them', async () => {
    await open(scene.ada);
    await press(scene.ada, 'agents', () => text(scene.ada).includes('Ruhezeit'));
    const before = published();
    await scene.ada.choose(scene.ada.home as View, 'home:quiet-from', '22:00');
    await scene.ada.choose(scene.ada.home as View, 'home:quiet-to', '07:00');
    await eventually(() => text(scene.ada).includes('Keine Ruhezeit'));
    expect(published()).toBe(before + 1);
    await press(scene.ada, 'home:quiet-off', () => !text(scene.ada).includes('Keine Ruhezeit'));
  });

  it('turns the pages of saved papers, and takes one off', async () => {
    const place = { platform: 'slack' as const, workspace: scene.fake.team.id };
    const member = memberAt(place, scene.ada.id);
    for (let index = 0; index < 12; index += 1) {
      const savedAt = `2026-11-22T12:00:${String(index).padStart(2, '0')}.000Z`;
      await scene.store.people.save(member, { paperId: `2611.000${index + 10}`, savedAt });
    }
    await open(scene.ada);
    expect(text(scene.ada)).toContain('1 bis 10 von 12');
    await press(scene.ada, 'home:page:2', () => text(scene.ada).includes('11 bis 12 von 12'));
    await press(scene.ada, 'remove 2611.00010', () => text(scene.ada).includes('11 bis 11 von 11'));
    // One page needs no numbers.
    await press(scene.ada, 'remove 2611.00011', () => !text(scene.ada).includes(' bis '));
  });

  it('shows similar papers in a modal', async () => {
    await scene.world.tickAt('2026-11-23T12:00:00.000Z');
    await scene.give(scene.ada, 'save', { paper: AGENTS.id });
    const view = await open(scene.ada);
    expect(text(scene.ada)).toContain(AGENTS.title);
    const answer = await scene.ada.press(view, `similar ${AGENTS.id}`);
    await answer.whenView();
    await eventually(() => viewText(scene.ada.modal).includes('Ähnlich'));
  });

  it('is erased when one wants that, and what was is told', async () => {
    await scene.give(scene.ada, 'follow', { what: 'agents' });
    await open(scene.ada);
    await press(scene.ada, 'home:forget', () => text(scene.ada).includes('1 Abonnement'));
    expect(await followed(scene.ada)).toEqual([]);
    expect(ticked(scene.ada)).toEqual([]);
  });
});

describe('feeds on the Home tab', () => {
  beforeEach(async () => {
    await scene.give(scene.grace, 'feed add', {});
    await open(scene.grace);
  });

  it('are paused and go on', async () => {
    await press(scene.grace, 'Pause', () => text(scene.grace).includes('State: paused'));
    await press(scene.grace, 'Resume', () => text(scene.grace).includes('State: active'));
  });

  it('are shown in a preview', async () => {
    const answer = await scene.grace.press(scene.grace.home as View, 'Preview');
    expect(viewText(await answer.whenView())).toContain('Feed feed01');
  });

  it('are posted at once, and what came of it is told', async () => {
    scene.clock.set('2026-11-23T08:00:00.000Z');
    await press(scene.grace, 'Post now', () => text(scene.grace).includes('ℹ️ 2026-11-23'));
  });

  it('tell that it takes long', async () => {
    const { host } = scene;
    const run = host.run.bind(host);
    const { promise, resolve } = Promise.withResolvers<void>();
    let isAsked = false;
    host.run = async (given) => {
      if (given.command === 'feed run') {
        isAsked = true;
        await promise;
      }
      return await run(given);
    };
    await scene.grace.press(scene.grace.home as View, 'Post now');
    await eventually(() => isAsked);
    scene.clock.advance(SECOND_MS);
    await eventually(() => text(scene.grace).includes('Paperwire is at it'));
    resolve();
    await eventually(() => text(scene.grace).includes('ℹ️ 2026-11-22'));
    expect(text(scene.grace)).not.toContain('Paperwire is at it');
  });

  it('can be added from here, into a channel that is chosen', async () => {
    const answer = await scene.grace.press(scene.grace.home as View, 'Add a feed');
    const form = await answer.whenView();
    await scene.grace.submit(form, { channel: scene.channel });
    expect(await scene.feeds()).toHaveLength(2);
  });

  it('say on the tab itself where the form could not be opened', async () => {
    scene.fake.fail('views.open', { kind: 'error', error: 'expired_trigger_id' }, { times: 1 });
    await press(scene.grace, 'Add a feed', () => text(scene.grace).includes('Please open it again'));
  });
});
