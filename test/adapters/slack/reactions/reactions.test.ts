import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../../../src/domain/calendar.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../../src/errors.ts';
import type { DeskMessage } from './desk.ts';
import { US } from './desk.ts';
import { ADA, AGENTS, BO, GRACE, openReactions, PLACE, ROBOT, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openReactions();
});
afterEach(async () => {
  await scene[Symbol.asyncDispose]();
});

const failure = { platform: 'slack', channel: 'C1' };

describe('an emoji on a panel', () => {
  it('follows, once, and takes it back', async () => {
    const panel = await scene.panel('agents,robotics');
    await scene.react(panel, ADA, 'robot_face');
    await scene.react(panel, ADA, 'mechanical_arm');
    expect(await scene.followed(ADA)).toEqual(['agents', 'robotics']);
    await scene.unreact(panel, ADA, 'robot_face');
    expect(await scene.followed(ADA)).toEqual(['robotics']);
  });

  it('follows in whatever skin tone', async () => {
    const panel = await scene.panel('training,agents');
    await scene.react(panel, ADA, 'weight_lifter::skin-tone-4');
    expect(await scene.followed(ADA)).toEqual(['training']);
    await scene.unreact(panel, ADA, 'weight_lifter::skin-tone-4');
    expect(await scene.followed(ADA)).toEqual([]);
  });

  it('goes by an emoji of the team’s own', async () => {
    await scene.give('topics add', { name: 'Llamas', query: 'llama', emoji: ':llamadance:' });
    const panel = await scene.panel('llamas,agents');
    expect([...panel.reactions.keys()]).toEqual(['llamadance', 'robot_face']);
    await scene.react(panel, ADA, 'llamadance');
    expect(await scene.followed(ADA)).toEqual(['llamas']);
  });

  it('means nothing from a bot, from us, and where no topic has it', async () => {
    const panel = await scene.panel('agents,robotics');
    await scene.react(panel, ROBOT, 'robot_face');
    await scene.react(panel, US, 'mechanical_arm');
    await scene.react(panel, ADA, 'pizza');
    await scene.react(panel, ADA, 'bookmark');
    for (const who of [ROBOT, US, ADA]) expect(await scene.followed(who)).toEqual([]);
    expect(await scene.saved(ADA)).toEqual([]);
  });

  it('counts where Slack does not tell whether it is a person’s', async () => {
    const panel = await scene.panel('agents,robotics');
    scene.failMembers(new DeliveryUnavailableError('No.', { ...failure, mayHaveArrived: false }));
    await scene.react(panel, ADA, 'robot_face');
    expect(await scene.followed(ADA)).toEqual(['agents']);
  });

  it('of many people at once asks Slack about some of them only', async () => {
    const panel = await scene.panel('agents,robotics');
    const crowd = Array.from({ length: 120 }, (_, index) => `UCROWD${index}`);
    await Promise.all(crowd.map((who) => scene.react(panel, who, 'robot_face')));
    for (const who of crowd) expect(await scene.followed(who)).toEqual(['agents']);
    expect(scene.memberAsked).toHaveLength(40);
    scene.clock.advance(MINUTE_MS);
    await scene.react(panel, 'ULATER', 'robot_face');
    await scene.react(panel, 'ULATER', 'mechanical_arm');
    expect(scene.memberAsked.slice(40)).toEqual(['ULATER']);
  });

  it.each([
    [{ type: 'message' }],
    [{ type: 'reaction_added' }],
    [null],
    [{ type: 'reaction_added', user: ADA, reaction: 'robot_face', item: { type: 'file' }, event_ts: '1' }],
  ])('other events are let be: %j', async (event) => {
    scene.desk.forget();
    await scene.reactions.take(event, 'T1');
    expect(scene.desk.asked).toEqual([]);
    expect(scene.lines.filter(({ level }) => level >= 40)).toEqual([]);
  });
});

describe('an emoji that Slack tells of again', () => {
  it('changes nothing, also when it has been taken away meanwhile', async () => {
    const panel = await scene.panel('agents,robotics');
    const added = scene.desk.react(panel, ADA, 'robot_face');
    await scene.tell(added);
    await scene.tell(added);
    expect(await scene.followed(ADA)).toEqual(['agents']);
    const removed = scene.desk.unreact(panel, ADA, 'robot_face');
    await scene.tell(removed);
    await scene.tell(added);
    await scene.tell(removed);
    expect(await scene.followed(ADA)).toEqual([]);
  });

  it('ends with what was done last, in whatever order it is told', async () => {
    const panel = await scene.panel('agents,robotics');
    const events = [
      scene.desk.react(panel, ADA, 'robot_face'),
      scene.desk.unreact(panel, ADA, 'robot_face'),
      scene.desk.react(panel, ADA, 'robot_face'),
    ];
    for (const event of events.toReversed()) await scene.tell(event);
    expect(await scene.followed(ADA)).toEqual(['agents']);
  });

  it.each([1, 5])(
    'after %d minutes to a bot that has been started meanwhile is looked at',
    async (minutes) => {
      const panel = await scene.panel('agents,robotics');
      const [added, stands] = [
        scene.desk.react(panel, ADA, 'robot_face'),
        scene.desk.react(panel, BO, 'robot_face'),
      ];
      await scene.away(() => {
        scene.desk.unreact(panel, ADA, 'robot_face');
        scene.clock.advance(minutes * MINUTE_MS);
      });
      await scene.tell(added);
      await scene.tell(stands);
      expect(await scene.followed(ADA)).toEqual([]);
      expect(await scene.followed(BO)).toEqual(['agents']);
    },
  );

  it('is taken with the second time when the first one failed', async () => {
    const panel = await scene.panel('agents,robotics');
    const { react } = scene.host.reactions;
    const added = scene.desk.react(panel, ADA, 'robot_face');
    scene.host.reactions.react = async () => {
      throw new Error('The disk is full.');
    };
    await scene.tell(added);
    expect(scene.isSaid('Reactions could not be taken')).toBe(1);
    scene.host.reactions.react = react;
    await scene.tell(added);
    expect(await scene.followed(ADA)).toEqual(['agents']);
  });
});

describe('an emoji on a paper of an edition in cards', () => {
  it('follows its topic, and 🔖 saves the paper; both are taken back', async () => {
    const [, second] = (await scene.cards()) as [DeskMessage, DeskMessage];
    await scene.react(second, ADA, 'robot_face');
    await scene.react(second, ADA, 'bookmark');
    expect(await scene.followed(ADA)).toEqual(['agents']);
    expect(await scene.saved(ADA)).toEqual([AGENTS[1]?.id]);
    await scene.unreact(second, ADA, 'bookmark');
    await scene.unreact(second, ADA, 'robot_face');
    expect(await scene.followed(ADA)).toEqual([]);
    expect(await scene.saved(ADA)).toEqual([]);
  });

  it('is looked at once, whoever reacts', async () => {
    const [first] = (await scene.cards()) as [DeskMessage];
    scene.desk.forget();
    for (const who of [ADA, BO, GRACE]) await scene.react(first, who, 'bookmark');
    expect(scene.desk.count('reactions.get')).toBe(1);
  });
});

describe('an emoji on a message that is none of ours, or shows nothing', () => {
  it('is not asked for where it is somebody else’s', async () => {
    const said = scene.desk.post(PLACE, []);
    const event = scene.desk.react(said, ADA, 'robot_face');
    scene.desk.forget();
    await scene.tell({ ...event, item_user: BO });
    expect(scene.desk.asked).toEqual([]);
    expect(await scene.followed(ADA)).toEqual([]);
  });

  it('is asked for once, and not where it can change nothing', async () => {
    const said = scene.desk.post(PLACE, [{ type: 'section' }]);
    scene.desk.forget();
    await scene.react(said, ADA, 'pizza');
    await scene.unreact(said, ADA, 'robot_face');
    expect(scene.desk.asked).toEqual([]);
    for (let times = 0; times < 3; times += 1) {
      await scene.react(said, ADA, 'robot_face');
      await scene.unreact(said, ADA, 'robot_face');
    }
    expect(scene.desk.count('reactions.get')).toBe(1);
    expect(await scene.followed(ADA)).toEqual([]);
  });

  it('is let be for five minutes in a channel that refused', async () => {
    scene.desk.fail('reactions.get', scene.desk.refusal('channel_not_found'));
    scene.desk.forget();
    const react = () => scene.react(scene.desk.post(PLACE, []), ADA, 'robot_face');
    for (let times = 0; times < 5; times += 1) await react();
    await scene.react(scene.desk.post({ ...PLACE, channel: 'C2' }, []), ADA, 'robot_face');
    expect(scene.desk.asked.map(({ channel }) => channel)).toEqual(['C1', 'C2']);
    scene.clock.advance(5 * MINUTE_MS);
    await react();
    expect(scene.desk.asked.map(({ channel }) => channel)).toEqual(['C1', 'C2', 'C1']);
    expect(scene.lines.filter(({ level }) => level >= 40)).toEqual([]);
  });

  it('waits for the pauses that Slack asks for, a few times', async () => {
    const [first, second] = (await scene.cards()) as [DeskMessage, DeskMessage];
    const pause = new DeliveryThrottledError('Wait.', { ...failure, retryAfterMs: 30 * SECOND_MS });
    scene.desk.fail('reactions.get', pause, 2);
    await scene.react(first, ADA, 'bookmark');
    expect(await scene.saved(ADA)).toHaveLength(1);
    scene.desk.fail('reactions.get', pause, 5);
    await scene.react(second, ADA, 'bookmark');
    expect(await scene.saved(ADA)).toHaveLength(1);
    expect(scene.lines.filter(({ level }) => level >= 40)).toEqual([]);
  });
});

describe('very many emoji', () => {
  it('wait up to a bound, and are let be beyond it', async () => {
    const panel = await scene.panel('agents,robotics');
    const crowd = Array.from({ length: 1100 }, (_, index) => `UCROWD${index}`);
    await Promise.all(crowd.map((who) => scene.react(panel, who, 'robot_face')));
    expect(await scene.followed('UCROWD999')).toEqual(['agents']);
    expect(await scene.followed('UCROWD1000')).toEqual([]);
    expect(scene.isSaid('Too many reactions at once')).toBe(1);
    await scene.react(panel, ADA, 'robot_face');
    expect(await scene.followed(ADA)).toEqual(['agents']);
    await scene.reactions.compare();
    expect(await scene.followed('UCROWD1000')).toEqual(['agents']);
  });

  it('of one team keep those of another waiting for nothing', async () => {
    const other = { ...PLACE, workspace: 'T2' };
    const panel = await scene.panel('agents,robotics', other);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { mayChange } = scene.host.reactions;
    scene.host.reactions.mayChange = async (reaction) => {
      if (reaction.on.place.workspace === 'T1') await held;
      return await mayChange(reaction);
    };
    const stuck = scene.react(scene.desk.post(PLACE, []), ADA, 'robot_face');
    await scene.react(panel, BO, 'robot_face');
    expect(await scene.followed(BO, other)).toEqual(['agents']);
    release();
    await stuck;
  });

  it('that wait when the bot stops are not taken any more', async () => {
    const panel = await scene.panel('agents,robotics');
    const { reactions } = scene;
    const [first, ...rest] = Array.from({ length: 20 }, (_, index) => `UCROWD${index}`);
    const all = [first, ...rest].map((who) =>
      reactions.take(scene.desk.react(panel, who ?? '', 'robot_face'), 'T1'),
    );
    await scene.stop();
    await Promise.all(all);
    expect(await scene.followed('UCROWD19')).toEqual([]);
    await scene.start();
    expect(await scene.followed('UCROWD19')).toEqual(['agents']);
  });
});
