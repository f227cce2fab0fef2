import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMs, DAY_MS, MINUTE_MS, SECOND_MS } from '../../../../src/domain/calendar.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../../src/errors.ts';
import type { DeskMessage } from './desk.ts';
import { ADA, BO, eventually, GRACE, openReactions, PLACE, ROBOT, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openReactions();
});
afterEach(async () => {
  await scene[Symbol.asyncDispose]();
});

const OTHER = { ...PLACE, channel: 'C2' };
const ELSEWHERE = { ...PLACE, workspace: 'T2' };
const failure = { platform: 'slack', channel: 'C1' };
const unavailable = new DeliveryUnavailableError('No answer.', { ...failure, mayHaveArrived: true });

describe('what happened on a panel while the bot was away', () => {
  it('is made good at the start: made, taken away, and swapped with the same count', async () => {
    const panel = await scene.panel('agents,robotics');
    await scene.react(panel, ADA, 'robot_face');
    await scene.react(panel, BO, 'mechanical_arm');
    await scene.away(() => {
      scene.desk.unreact(panel, ADA, 'robot_face');
      scene.desk.react(panel, BO, 'robot_face');
      scene.desk.unreact(panel, BO, 'mechanical_arm');
      scene.desk.react(panel, GRACE, 'mechanical_arm::skin-tone-2');
      scene.desk.react(panel, ROBOT, 'robot_face');
    });
    expect(await scene.followed(ADA)).toEqual([]);
    expect(await scene.followed(BO)).toEqual(['agents']);
    expect(await scene.followed(GRACE)).toEqual(['robotics']);
    expect(await scene.followed(ROBOT)).toEqual([]);
  });

  it('a later unfollow stands, though the emoji stands too', async () => {
    const panel = await scene.panel('agents,robotics');
    await scene.react(panel, ADA, 'robot_face');
    await scene.host.run({
      command: 'unfollow',
      options: { what: 'agents' },
      place: PLACE,
      member: { id: ADA, isManager: false },
      at: scene.clock.now(),
    });
    await scene.away(() => {});
    expect(await scene.followed(ADA)).toEqual([]);
  });

  it('asks only about those who are new there whether they are bots', async () => {
    const panel = await scene.panel('agents,robotics');
    const crowd = Array.from({ length: 30 }, (_, index) => `UCROWD${index}`);
    for (const who of crowd) await scene.react(panel, who, 'robot_face');
    scene.memberAsked.splice(0);
    await scene.away(() => void scene.desk.react(panel, ADA, 'robot_face'));
    expect(scene.memberAsked).toEqual([ADA]);
  });

  it('takes nothing back where Slack does not name everybody, and says so once', async () => {
    const panel = await scene.panel('agents,robotics');
    await scene.react(panel, ADA, 'robot_face');
    await scene.react(panel, BO, 'mechanical_arm');
    const before = scene.lines.length;
    await scene.away(() => {
      scene.desk.unreact(panel, BO, 'mechanical_arm');
      scene.desk.react(panel, GRACE, 'mechanical_arm');
      scene.desk.react(panel, 'ULATE', 'robot_face');
      scene.desk.nameAtMost(2);
    });
    expect(await scene.followed(ADA)).toEqual(['agents']);
    expect(await scene.followed(BO)).toEqual(['robotics']);
    expect(await scene.followed(GRACE)).toEqual(['robotics']);
    await scene.reactions.compare();
    const said = scene.lines.slice(before).filter(({ level }) => level >= 40);
    expect(said.map(({ msg }) => msg)).toEqual([
      'Slack does not name everybody who reacted; there nothing is taken back',
    ]);
    scene.desk.nameAtMost(10);
    await scene.reactions.compare();
    expect(await scene.followed(BO)).toEqual([]);
    expect(await scene.followed('ULATE')).toEqual(['agents']);
  });

  it('no more is looked at a panel that is gone', async () => {
    const [kept, gone] = [await scene.panel('agents'), await scene.panel('robotics')];
    await scene.away(() => scene.desk.remove(gone));
    const panels = await scene.store.presence.panels('slack');
    expect(panels.map(({ messageId }) => messageId)).toEqual([kept.ts]);
    scene.desk.forget();
    await scene.reactions.compare();
    expect(scene.desk.count('reactions.get')).toBe(1);
  });

  it('one that may not be looked at keeps none of the others back, and is watched on', async () => {
    const panel = await scene.panel('robotics', OTHER);
    await scene.panel('agents');
    await scene.away(() => {
      scene.desk.fail('reactions.get', scene.desk.refusal('channel_not_found'), 1);
      scene.desk.react(panel, ADA, 'mechanical_arm');
    });
    expect(await scene.store.presence.panels('slack')).toHaveLength(2);
    // Panels are looked at in the order they were posted, so that the first one was refused.
    expect(await scene.followed(ADA)).toEqual([]);
    await scene.reactions.compare();
    expect(await scene.followed(ADA)).toEqual(['robotics']);
  });

  it('is looked at again until Slack answers, as late as it asks for', async () => {
    const panel = await scene.panel('agents');
    const slept = scene.clock.slept.length;
    await scene.away(() => {
      scene.desk.react(panel, ADA, 'robot_face');
      scene.desk.fail('reactions.get', unavailable, 2);
      const retryAfterMs = 90 * SECOND_MS;
      scene.desk.fail('reactions.get', new DeliveryThrottledError('Wait.', { ...failure, retryAfterMs }), 1);
    });
    expect(await scene.followed(ADA)).toEqual(['agents']);
    expect(scene.clock.slept.slice(slept)).toEqual([1500, 3000, 90 * SECOND_MS]);
  });

  it('of a team that never answers is given up until the next time', async () => {
    await scene.panel('agents');
    const there = await scene.panel('robotics', ELSEWHERE);
    await scene.away(() => {
      scene.desk.react(there, ADA, 'mechanical_arm');
      scene.desk.fail('reactions.get', unavailable, 13, 'T1');
    });
    expect(await scene.followed(ADA, ELSEWHERE)).toEqual(['robotics']);
    expect(scene.isSaid('Reactions are looked at again with the next start')).toBe(1);
  });

  it('its emoji that are missing are put there again, by us', async () => {
    await scene.give('topics add', { name: 'Llamas', query: 'llama', emoji: ':llamadance:' });
    const panel = await scene.panel('agents,vision,llamas,robotics');
    await scene.stop();
    for (const name of ['eye', 'llamadance', 'mechanical_arm']) panel.reactions.delete(name);
    scene.desk.react(panel, ADA, 'eye');
    scene.desk.forget();
    await scene.start();
    const added = scene.desk.asked.filter(({ method }) => method === 'reactions.add');
    expect(added.map(({ args }) => args.name)).toEqual(['eye', 'llamadance', 'mechanical_arm']);
    expect(await scene.followed(ADA)).toEqual(['vision']);
    scene.desk.forget();
    await scene.away(() => {});
    expect(scene.desk.count('reactions.add')).toBe(0);
  });

  it('of one on which the bot may put no emoji nothing more is tried', async () => {
    const panel = await scene.panel('agents,robotics,audio');
    await scene.away(() => {
      panel.reactions.clear();
      scene.desk.fail('reactions.add', scene.desk.refusal('missing_scope'));
      scene.desk.forget();
    });
    expect(scene.desk.count('reactions.add')).toBe(1);
  });

  it('what happens meanwhile waits, and is not undone by what was read before it', async () => {
    const panel = await scene.panel('agents,robotics');
    await scene.react(panel, ADA, 'robot_face');
    scene.desk.forget();
    const letGo = scene.desk.hold();
    const compared = scene.reactions.compare();
    // She stood there when it was read.
    await eventually(() => scene.desk.count('reactions.get') === 1);
    const removed = scene.unreact(panel, ADA, 'robot_face');
    const added = scene.react(panel, BO, 'mechanical_arm');
    letGo();
    await Promise.all([compared, removed, added]);
    expect(await scene.followed(ADA)).toEqual([]);
    expect(await scene.followed(BO)).toEqual(['robotics']);
  });

  it('is left to the comparison that begins anew', async () => {
    const panel = await scene.panel('agents');
    scene.desk.react(panel, ADA, 'robot_face');
    const before = scene.isSaid('Reactions made meanwhile were looked at');
    await Promise.all([scene.reactions.compare(), scene.reactions.compare()]);
    expect(scene.isSaid('Reactions made meanwhile were looked at')).toBe(before + 1);
    expect(await scene.followed(ADA)).toEqual(['agents']);
  });
});

describe('a comparison', () => {
  it('undoes nothing that another process took since the look', async () => {
    const panel = await scene.panel('agents,robotics');
    await scene.react(panel, BO, 'mechanical_arm');
    scene.desk.forget();
    const letGo = scene.desk.hold();
    const comparing = scene.reactions.compare();
    await eventually(() => scene.desk.count('reactions.get') > 0);
    const on = { place: PLACE, messageId: panel.ts };
    scene.desk.react(panel, ADA, 'robot_face');
    await scene.host.reactions.react({ on, member: ADA, emoji: '🤖', isAdded: true });
    scene.desk.unreact(panel, BO, 'mechanical_arm');
    await scene.host.reactions.react({ on, member: BO, emoji: '🦾', isAdded: false });
    letGo();
    await comparing;
    expect([await scene.followed(ADA), await scene.followed(BO)]).toEqual([['agents'], []]);
  });
});

describe('what happened on the papers of an edition in cards', () => {
  it('is made good for seven days', async () => {
    const [first, second] = (await scene.cards()) as [DeskMessage, DeskMessage];
    await scene.react(second, BO, 'robot_face');
    await scene.away(() => {
      scene.clock.advance(6 * DAY_MS);
      scene.desk.react(first, ADA, 'robot_face');
      scene.desk.react(second, ADA, 'bookmark');
      scene.desk.unreact(second, BO, 'robot_face');
    });
    expect(await scene.followed(ADA)).toEqual(['agents']);
    expect(await scene.saved(ADA)).toHaveLength(1);
    expect(await scene.followed(BO)).toEqual([]);
    await scene.away(() => {
      scene.clock.set(addMs(scene.clock.now(), 2 * DAY_MS));
      scene.desk.unreact(first, ADA, 'robot_face');
    });
    expect(await scene.followed(ADA)).toEqual(['agents']);
  });

  it('needs no further look at a paper on which somebody reacts then', async () => {
    const [first] = (await scene.cards()) as [DeskMessage];
    await scene.away(() => {});
    scene.desk.forget();
    await scene.react(first, ADA, 'bookmark');
    expect(scene.desk.asked).toEqual([]);
    expect(await scene.saved(ADA)).toHaveLength(1);
  });
});

describe('teams', () => {
  it('take turns, so that the pause of one keeps no other waiting', async () => {
    for (let index = 0; index < 3; index += 1) await scene.panel('agents');
    const there = await scene.panel('robotics', ELSEWHERE);
    const asked: string[] = [];
    await scene.away(() => {
      scene.desk.react(there, ADA, 'mechanical_arm');
      const retryAfterMs = 10 * MINUTE_MS;
      const pause = new DeliveryThrottledError('Wait.', { ...failure, retryAfterMs });
      scene.desk.fail('reactions.get', pause, 1, 'T1');
      scene.desk.forget();
    });
    for (const { method, workspace } of scene.desk.asked)
      if (method === 'reactions.get') asked.push(workspace);
    expect(asked.slice(0, 3)).toEqual(['T1', 'T2', 'T1']);
    // What has changed is looked at once more.
    expect(asked).toHaveLength(6);
    expect(await scene.followed(ADA, ELSEWHERE)).toEqual(['robotics']);
  });
});
