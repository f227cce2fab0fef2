import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../../src/command.ts';
import { DeliveryUnavailableError, StoreError } from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { checkView } from '../../../slack-checks/check.ts';
import { ADA, BO, button, labelsOf, openAnswering, PAPERS, TEAM, words } from './answering-scene.ts';

const { modal: SAY } = textsFor(undefined).slackAnswers;

function found(papers: number): Reply {
  const entries = Array.from({ length: papers }, (_, index) => ({
    number: index + 1,
    paper: aPaper({ id: `2601.000${10 + index}`, title: `Agents ${index}` }),
  }));
  const more = { label: 'More', command: 'search', options: { query: 'agents', page: 2 } };
  const card = {
    kind: 'list' as const,
    title: 'Search',
    sections: [{ entries }],
    notes: [],
    actions: [more],
  };
  return { visibility: 'private', cards: [card], outcome: 'done' };
}

interface ShownView {
  private_metadata: string;
  blocks: never;
}

function submission(query: string, privateMetadata = '', user = ADA): object {
  return {
    type: 'view_submission',
    team: { id: TEAM, domain: 'lab' },
    user: { id: user, name: 'ada', team_id: TEAM },
    view: {
      id: 'V1',
      callback_id: 'search:papers',
      private_metadata: privateMetadata,
      state: { values: { 'search:query': { 'search:query': { type: 'plain_text_input', value: query } } } },
    },
  };
}

/** A press in the modal. */
function pressed(action: object, privateMetadata: string): object {
  return {
    type: 'block_actions',
    team: { id: TEAM, domain: 'lab' },
    user: { id: ADA, username: 'ada', team_id: TEAM },
    container: { type: 'view', view_id: 'V1' },
    view: { id: 'V1', callback_id: 'search:papers', private_metadata: privateMetadata },
    actions: [{ type: 'button', ...action }],
  };
}

describe('the search in a modal', () => {
  it('opens by the shortcut and by the help’s button, in the language of whoever opens it', async () => {
    const scene = openAnswering();
    const { told, happened } = scene.tell(
      {
        type: 'shortcut',
        callback_id: 'search_papers',
        team: { id: TEAM },
        user: { id: BO },
        trigger_id: '1.2.3',
      },
      false,
    );
    await scene.answering.onShortcut(told);
    expect(happened.steps).toEqual(['ack']);
    const { responses } = await scene.slash('help');
    await scene.press(button(responses[0] ?? {}, textsFor(undefined).slackAnswers.help.search));
    expect(scene.questions).toMatchObject([
      { method: 'views.open', args: { trigger_id: '1.2.3', view: { title: { text: 'Paper finden' } } } },
      { method: 'views.open', args: { view: { title: { text: SAY.title } } } },
    ]);
    for (const { args } of scene.questions) expect(checkView(args.view)).toEqual([]);
    expect(scene.logged(40)).toEqual([]);
  });

  it('shows what is found under the field', async () => {
    const scene = openAnswering({ run: () => found(10) });
    const { told, happened } = scene.tell(submission('agents', JSON.stringify({ channel: PAPERS })), false);
    await scene.answering.onSubmit(told);
    const [{ view }] = happened.acks as unknown as [{ view: ShownView }];
    expect(happened.acks).toMatchObject([{ response_action: 'update' }]);
    expect(scene.invocations).toMatchObject([
      { command: 'search', options: { query: 'agents' }, place: { channel: PAPERS } },
    ]);
    expect(JSON.stringify(view)).toContain('Agents 9');
    expect(checkView(view)).toEqual([]);
  });

  it('is acknowledged in time when the search takes longer, and shows it later', async () => {
    const clock = createFakeClock('2026-11-23T09:00:00.000Z');
    const gate = Promise.withResolvers<Reply>();
    const scene = openAnswering({ run: () => gate.promise, dependencies: { clock } });
    const { told, happened } = scene.tell(submission('agents'), false);
    const done = scene.answering.onSubmit(told);
    await expect.poll(() => scene.invocations.length).toBe(1);
    clock.advance(2000);
    await expect.poll(() => happened.acks.length).toBe(1);
    expect(JSON.stringify(happened.acks)).toContain(SAY.working);
    gate.resolve(found(3));
    await done;
    expect(scene.questions).toMatchObject([{ method: 'views.update', args: { view_id: 'V1' } }]);
    expect(checkView(scene.questions[0]?.args.view)).toEqual([]);
  });

  it('follows what is pressed in it, with a way back, and offers no sharing', async () => {
    const scene = openAnswering({
      run: ({ command }) => (command === 'search' ? found(2) : words('Saved')),
    });
    const { told, happened } = scene.tell(submission('agents'), false);
    await scene.answering.onSubmit(told);
    const [{ view }] = happened.acks as unknown as [{ view: ShownView }];
    expect(labelsOf(view)).not.toContain(textsFor(undefined).slackAnswers.share);
    const press = async (action: object) =>
      await scene.answering.onPress(scene.tell(pressed(action, view.private_metadata), false).told);
    await press(button(view, 'More'));
    await press({ action_id: 'press:0', value: 'save|paper=2601.00010' });
    const shown = scene.questions.at(-1)?.args.view as unknown as ShownView;
    await press(button(shown, SAY.back));
    expect(scene.invocations).toMatchObject([
      { command: 'search', options: { query: 'agents' } },
      { command: 'search', options: { query: 'agents', page: 2 } },
      { command: 'save' },
      { command: 'search', options: { query: 'agents' } },
    ]);
    for (const { args } of scene.questions) expect(checkView(args.view)).toEqual([]);
    expect(scene.logged(40)).toEqual([]);
  });

  it('that cannot be shown is told in the log', async () => {
    const error = new DeliveryUnavailableError('no', {
      platform: 'slack',
      channel: '',
      mayHaveArrived: true,
    });
    const scene = openAnswering({ ask: () => Promise.reject(error) });
    await scene.press({ action_id: 'search:open', value: 'open' });
    expect(scene.logged(40)).toHaveLength(1);
    expect(scene.logged(50)).toEqual([]);
  });

  it('leaves views that are none of ours alone', async () => {
    const scene = openAnswering();
    const body = pressed({ action_id: 'press:0', value: 'save|paper=2601.00010' }, '');
    const other = { ...body, view: { id: 'V2', callback_id: 'somebody:else', private_metadata: '{' } };
    await scene.answering.onPress(scene.tell(other, false).told);
    expect(scene.invocations).toEqual([]);
    expect(scene.logged(50)).toEqual([]);
  });

  it('is one of the workspace that has us, also for a member of another in a channel that both share', async () => {
    const scene = openAnswering({ run: () => found(2) });
    const stranger = (body: object) => {
      const { view, ...rest } = body as { view: object };
      const user = { id: 'U0OTHER', name: 'eve', team_id: 'T0OTHER' };
      return { ...rest, user, team: { id: 'T0OTHER' }, view: { ...view, app_installed_team_id: TEAM } };
    };
    await scene.answering.onSubmit(scene.tell(stranger(submission('agents')), false).told);
    const press = pressed({ action_id: 'press:0', value: 'save|paper=2601.00010' }, '');
    await scene.answering.onPress(scene.tell(stranger(press), false).told);
    const places = scene.invocations.map(({ place, member }) => [place.workspace, member]);
    expect(places).toEqual(new Array(2).fill([TEAM, { id: 'U0OTHER', isManager: false }]));
    expect(scene.questions.map(({ workspace }) => workspace)).toEqual([TEAM]);
  });
});

describe('a search that comes to nothing, whatever broke', () => {
  const { host: TROUBLE } = textsFor(undefined);
  const CLOSED = new StoreError('read', { key: 'installations:slack:T1' });
  const unreadable = (when: Promise<unknown> = Promise.resolve()) => ({
    ...openAnswering().dependencies.places,
    async installer() {
      await when;
      throw CLOSED;
    },
  });

  it('keeps what was typed, and says why, where nobody can tell who searches', async () => {
    const scene = openAnswering({ dependencies: { places: unreadable() } });
    const { told, happened } = scene.tell(submission('agents'), false);
    await scene.answering.onSubmit(told);
    expect(happened.acks).toEqual([
      { response_action: 'errors', errors: { 'search:query': TROUBLE.storeClosed } },
    ]);
  });

  it('says so where the host breaks', async () => {
    const scene = openAnswering({ run: () => Promise.reject(new Error('broken')) });
    const { told, happened } = scene.tell(submission('agents'), false);
    await scene.answering.onSubmit(told);
    expect(JSON.stringify(happened.acks)).toContain(TROUBLE.ourFault);
  });

  it('says why later, beside what was typed, where it took too long', async () => {
    const clock = createFakeClock('2026-11-23T09:00:00.000Z');
    const { promise, resolve } = Promise.withResolvers<void>();
    const scene = openAnswering({ dependencies: { clock, places: unreadable(promise) } });
    const { told, happened } = scene.tell(submission('agents'), false);
    const done = scene.answering.onSubmit(told);
    await expect
      .poll(() => {
        clock.advance(2000);
        return happened.acks.length;
      })
      .toBe(1);
    resolve();
    await done;
    const shown = scene.questions[0]?.args.view;
    expect(JSON.stringify(shown)).toContain(TROUBLE.storeClosed);
    expect(JSON.stringify(shown)).toContain('"initial_value":"agents"');
    expect(checkView(shown)).toEqual([]);
  });

  it('takes what no modal of ours keeps for nothing', async () => {
    const scene = openAnswering({ run: () => found(2) });
    const { told, happened } = scene.tell(submission('agents', '{'), false);
    await scene.answering.onSubmit(told);
    expect(happened.acks).toMatchObject([{ response_action: 'update' }]);
    expect(scene.logged(50)).toEqual([]);
  });

  it('says so in the modal after a press', async () => {
    const scene = openAnswering({ dependencies: { places: unreadable() } });
    const body = pressed({ action_id: 'press:0', value: 'save|paper=2601.00010' }, '');
    await scene.answering.onPress(scene.tell(body, false).told);
    expect(scene.questions).toMatchObject([{ method: 'views.update', args: { view_id: 'V1' } }]);
    expect(JSON.stringify(scene.questions)).toContain(TROUBLE.storeClosed);
  });

  it('opens all the same where nobody can tell who searches', async () => {
    const scene = openAnswering({ dependencies: { places: unreadable() } });
    const body = {
      type: 'shortcut',
      callback_id: 'search_papers',
      team: { id: TEAM },
      user: { id: BO },
      trigger_id: '1.2.3',
    };
    await scene.answering.onShortcut(scene.tell(body, false).told);
    expect(scene.questions).toMatchObject([{ method: 'views.open', workspace: TEAM }]);
  });

  it('says why it does not open, where there is a way to', async () => {
    const late = { platform: 'slack', channel: '', mayHaveArrived: false };
    const ask = () => Promise.reject(new DeliveryUnavailableError('no', late));
    const scene = openAnswering({ ask });
    const { responses } = await scene.press({ action_id: 'search:open', value: 'open' });
    expect(JSON.stringify(responses)).toContain(TROUBLE.platformClosed);
  });

  it('is closed where what was sent is nothing that Slack sends', async () => {
    const scene = openAnswering();
    const { told, happened } = scene.tell({ type: 'view_submission', user: { id: ADA } }, false);
    await scene.answering.onSubmit(told);
    expect(happened.acks).toEqual([undefined]);
  });
});
