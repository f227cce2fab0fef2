import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { DeliveryThrottledError, DeliveryUnavailableError } from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { ADA, openReactions, PLACE, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openReactions();
});
afterEach(async () => {
  await scene[Symbol.asyncDispose]();
});

const failure = { platform: 'slack', channel: 'C1' };
const say = textsFor(undefined);

describe('a topic panel', () => {
  it('gets an emoji of every topic, in their order, and is watched', async () => {
    const slugs = BUILT_IN_TOPICS.map(({ slug }) => slug);
    const { panel, word } = await scene.panelAndWord(slugs.join());
    expect(word).toBeUndefined();
    expect([...panel.reactions.keys()].slice(0, 5)).toEqual([
      'brain',
      'abacus',
      'robot_face',
      'jigsaw',
      'eye',
    ]);
    expect(panel.reactions.size).toBe(BUILT_IN_TOPICS.length);
    expect(await scene.store.presence.panels('slack')).toEqual([{ place: PLACE, messageId: panel.ts }]);
  });

  it('is known by then: what is put there meanwhile needs no look', async () => {
    const panel = await scene.panel('agents');
    scene.desk.forget();
    await scene.react(panel, ADA, 'robot_face');
    expect(scene.desk.asked).toEqual([]);
  });

  it('waits as Slack asks for a pause between two emoji', async () => {
    const pause = new DeliveryThrottledError('Wait.', { ...failure, retryAfterMs: 20 * SECOND_MS });
    scene.desk.fail('reactions.add', pause, 2);
    const { panel, word } = await scene.panelAndWord('agents,robotics');
    expect(word).toBeUndefined();
    expect(panel.reactions.size).toBe(2);
    expect(scene.clock.slept).toEqual([20 * SECOND_MS, 20 * SECOND_MS]);
  });

  it.each([
    ['missing_scope', say.slackPanel.noScope],
    ['not_in_channel', say.slackPanel.closed],
    ['is_archived', say.slackPanel.closed],
  ])('says to whoever made it what %s means, and asks no further', async (code, sentence) => {
    scene.desk.fail('reactions.add', scene.desk.refusal(code));
    const { word } = await scene.panelAndWord('agents,robotics');
    expect(word).toBe(sentence);
    expect(scene.desk.count('reactions.add')).toBe(1);
    expect(await scene.store.presence.panels('slack')).toHaveLength(1);
  });

  it('says it in the language of whoever made it', async () => {
    scene.desk.fail('reactions.add', scene.desk.refusal('missing_scope'));
    expect((await scene.panelAndWord('agents', PLACE, 'de')).word).toBe(textsFor('de').slackPanel.noScope);
  });

  it('gets all other emoji when the team has taken one away, or Slack knows it not at all', async () => {
    await scene.give('topics add', { name: 'Llamas', query: 'llama', emoji: ':llamadance:' });
    await scene.give('topics add', { name: 'Crabs', query: 'crab', emoji: '<:crab:123456789012>' });
    scene.desk.unknow('llamadance');
    const { panel, word } = await scene.panelAndWord('llamas,crabs,robotics');
    expect(word).toBe(say.topics.panelIncomplete('Llamas, Crabs'));
    expect([...panel.reactions.keys()]).toEqual(['mechanical_arm']);
  });

  it('is completed at the next start where Slack gave no answer', async () => {
    scene.desk.fail(
      'reactions.add',
      new DeliveryUnavailableError('No.', { ...failure, mayHaveArrived: true }),
      1,
    );
    const { panel, word } = await scene.panelAndWord('agents,robotics');
    expect(word).toBe(say.topics.panelIncomplete('Agents'));
    await scene.away(() => {});
    expect([...panel.reactions.keys()]).toEqual(['mechanical_arm', 'robot_face']);
  });
});
