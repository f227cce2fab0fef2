import { describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { BO, button, GENERAL, labelsOf, OUTSIDE, openAnswering, PAPERS, words } from './answering-scene.ts';
import { SAY, WHERE } from './said.ts';

describe('a feed', () => {
  it('without settings is asked for in a form, by managers alone', async () => {
    const status = { feed: { id: 'k4t2m9', destination: { channel: PAPERS } } };
    const scene = openAnswering({ run: () => words('Feed', { data: status }) });
    expect((await scene.slash('feed add')).responses).toEqual([]);
    expect((await scene.slash('feed edit')).responses).toEqual([]);
    expect(scene.forms).toMatchObject([
      { which: { kind: 'add' } },
      { which: { kind: 'edit', id: 'k4t2m9' } },
    ]);
    expect((await scene.slash('feed add', { user: BO })).responses).toHaveLength(1);
    expect(scene.forms).toHaveLength(2);
  });

  it('goes into a general channel only where that is named', async () => {
    const scene = openAnswering();
    const { responses } = await scene.slash('feed add time:09:00', { channel: GENERAL });
    expect(JSON.stringify(responses)).toContain('#general');
    expect(scene.invocations).toEqual([]);
    await scene.slash(`feed add channel:<#${GENERAL}|general>`);
    expect(scene.invocations).toMatchObject([{ command: 'feed add', options: { channel: GENERAL } }]);
  });

  it('in a channel that we are not in offers to join it, and is then added', async () => {
    const scene = openAnswering();
    const { responses } = await scene.slash('feed add time:09:00', { channel: OUTSIDE });
    expect(JSON.stringify(responses)).toContain('/invite');
    expect(scene.invocations).toEqual([]);
    const join = button(responses[0] ?? {}, textsFor(undefined).slackAnswers.joinAndAdd);
    const pressed = await scene.press(join, { channel: OUTSIDE, isEphemeral: true });
    expect(scene.joined).toEqual([OUTSIDE]);
    expect(scene.invocations).toMatchObject([
      { command: 'feed add', options: { time: '09:00' }, place: { channel: OUTSIDE } },
    ]);
    expect(pressed.responses).toMatchObject([{ replace_original: true }]);
    expect(scene.problems).toEqual([]);
  });

  it('is not joined for those who manage nothing', async () => {
    const scene = openAnswering();
    await scene.press(
      { action_id: 'join:0', value: 'feed+add|time=09%3A00' },
      { user: BO, channel: OUTSIDE },
    );
    expect(scene.joined).toEqual([]);
    expect(scene.invocations).toMatchObject([{ command: 'feed add', member: { isManager: false } }]);
  });

  it('that is resumed where we are not in says so', async () => {
    const status = { feed: { id: 'k4t2m9', destination: { channel: OUTSIDE } } };
    const scene = openAnswering({ run: () => words('Feed', { data: status }) });
    const { responses } = await scene.slash('feed resume');
    expect(labelsOf(responses[0] ?? {})).toEqual([textsFor(undefined).slackAnswers.joinAndGoOn]);
    expect(scene.invocations.map(({ command }) => command)).toEqual(['feed show']);
  });
});

describe('a channel', () => {
  const bare = { name: 'lab', kind: 'private' as const, isGeneral: false, isArchived: false, isMember: true };
  const { slack: say } = textsFor(undefined);
  it.each([
    ['that we cannot see', undefined, say.hidden],
    ['that is archived', { ...bare, isArchived: true, isMember: false }, say.archived],
    ['that is private and without us', { ...bare, isMember: false }, say.invitePrivate],
    ['that is public and without us', { ...bare, kind: 'public' as const, isMember: false }, say.invite],
  ])('%s gets no panel, and a sentence', async (_, channel, sentence) => {
    const scene = openAnswering();
    if (channel) scene.channels.set('C0000LAB', { ...channel, id: 'C0000LAB' });
    const { responses } = await scene.slash('topics panel', { channel: 'C0000LAB' });
    expect(JSON.stringify(responses)).toContain(sentence);
    expect(scene.invocations).toEqual([]);
    expect(scene.problems).toEqual([]);
  });

  it('of which Slack does not tell is left to the command', async () => {
    const error = new DeliveryUnavailableError('no', { ...WHERE, mayHaveArrived: false });
    const { dependencies } = openAnswering();
    const places = { ...dependencies.places, channel: () => Promise.reject(error) };
    const scene = openAnswering({ dependencies: { places } });
    await scene.slash('feed add time:09:00');
    expect(scene.invocations).toMatchObject([{ command: 'feed add' }]);
  });

  it.each([
    [new DeliveryRefusedError('no', { ...WHERE, reason: 'forbidden' }), 'joinRefused'],
    [new DeliveryUnavailableError('no', { ...WHERE, mayHaveArrived: false }), 'joinNotNow'],
  ] as const)('that cannot be joined says so: %s', async (error, name) => {
    const { dependencies } = openAnswering();
    const places = { ...dependencies.places, join: () => Promise.reject(error) };
    const scene = openAnswering({ dependencies: { places } });
    const join = { action_id: 'join:0', value: 'feed+add|time=09:00' };
    const { responses } = await scene.press(join, { channel: OUTSIDE, isEphemeral: true });
    expect(responses).toMatchObject([{ replace_original: false }]);
    expect(JSON.stringify(responses)).toContain(textsFor(undefined).slackAnswers[name].slice(0, 30));
    expect(scene.invocations).toEqual([]);
  });
});

describe('a panel', () => {
  const panel = {
    visibility: 'channel' as const,
    cards: [{ kind: 'panel' as const, title: 'Topics', paragraphs: [], topics: BUILT_IN_TOPICS.slice(0, 3) }],
    outcome: 'done' as const,
  };

  it('is posted where everybody reads it only to whoever says so once more', async () => {
    const scene = openAnswering({ run: () => panel });
    const { responses } = await scene.slash('topics panel', { channel: GENERAL });
    expect(JSON.stringify(responses)).toContain('Everybody reads #general');
    expect([scene.invocations, scene.panels]).toEqual([[], []]);
    await scene.press(button(responses[0] ?? {}, SAY.postHere), { channel: GENERAL });
    expect(scene.panels).toMatchObject([{ place: { channel: GENERAL } }]);
    await scene.slash('topics panel');
    expect(scene.panels).toMatchObject([{}, { place: { channel: PAPERS } }]);
  });

  it('is posted where everybody reads it, and we are not, after two questions', async () => {
    const scene = openAnswering({ run: () => panel });
    const general = scene.channels.get(GENERAL);
    if (general) scene.channels.set(GENERAL, { ...general, isMember: false });
    const told = await scene.slash('topics panel', { channel: GENERAL });
    const invited = await scene.press(button(told.responses[0] ?? {}, SAY.postHere), { channel: GENERAL });
    await scene.press(button(invited.responses[0] ?? {}, SAY.joinAndGoOn), { channel: GENERAL });
    expect(scene.joined).toEqual([GENERAL]);
    expect(scene.panels).toHaveLength(1);
  });

  it('is posted for all, and said privately', async () => {
    const scene = openAnswering({ run: () => panel });
    const { responses } = await scene.slash('topics panel');
    expect(scene.panels).toMatchObject([{ place: { channel: PAPERS }, card: { title: 'Topics' } }]);
    expect(responses).toMatchObject([{ response_type: 'ephemeral' }]);
  });

  it.each([
    [new DeliveryRefusedError('no', { ...WHERE, reason: 'gone' }), textsFor(undefined).slack.hidden],
    [
      new DeliveryUnavailableError('no', { ...WHERE, mayHaveArrived: false }),
      textsFor(undefined).host.platformClosed,
    ],
  ])('that cannot be posted says why: %s', async (error, said) => {
    const postPanel = () => Promise.reject(error);
    const scene = openAnswering({ run: () => panel, dependencies: { postPanel } });
    const { responses } = await scene.slash('topics panel');
    expect(JSON.stringify(responses)).toContain(said.slice(0, 40));
  });
});
