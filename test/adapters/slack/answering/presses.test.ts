import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../../../src/command.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { ADA, BO, button, DIRECT, OUTSIDE, openAnswering, PAPERS, TEAM, words } from './answering-scene.ts';
import { SHARE } from './said.ts';

describe('a press', () => {
  it('on an edition is answered privately and leaves it', async () => {
    const scene = openAnswering();
    const { steps, responses } = await scene.press({ action_id: 'press:0', value: 'save|paper=2608.19880' });
    expect(steps).toEqual(['ack', 'respond']);
    expect(scene.invocations).toMatchObject([{ command: 'save', options: { paper: '2608.19880' } }]);
    expect(responses).toMatchObject([{ response_type: 'ephemeral', replace_original: false }]);
  });

  it('in a thread is answered there', async () => {
    const scene = openAnswering();
    const save = { action_id: 'press:0', value: 'save|paper=2608.19880' };
    const { responses } = await scene.press(save, { thread: '1.000001' });
    expect(responses).toMatchObject([{ thread_ts: '1.000001', response_type: 'ephemeral' }]);
    const above = await scene.press(save, { thread: '1.000001', ts: '1.000001' });
    const alone = await scene.press(save);
    for (const response of [...above.responses, ...alone.responses])
      expect(response).not.toHaveProperty('thread_ts');
  });

  it('in a select gives what was chosen, and nothing where nothing was', async () => {
    const scene = openAnswering();
    const select = { type: 'static_select', action_id: 'choose:0:show|paper?' };
    await scene.press({ ...select, selected_option: { value: '2608.19880' } });
    await scene.press({
      type: 'multi_static_select',
      action_id: 'choose:0:follow|what?',
      selected_options: [],
    });
    expect(scene.invocations).toMatchObject([{ command: 'show', options: { paper: '2608.19880' } }]);
  });

  it.each([
    ['done', true],
    ['refused', false],
  ] as const)('turns a page of a private answer in place when it is %s', async (outcome, isInPlace) => {
    const scene = openAnswering({ run: () => words('Page 2', { outcome }) });
    const more = { action_id: 'press:1', value: 'search|query=agents|page=2' };
    const { responses } = await scene.press(more, { isEphemeral: true });
    expect(responses).toMatchObject([{ replace_original: isInPlace }]);
    expect((await scene.press(more)).responses).toMatchObject([{ replace_original: false }]);
  });

  it('that settles a notice in direct messages takes its place', async () => {
    const scene = openAnswering();
    const resend = { action_id: 'press:0', value: 'delivery+resend|id=k4t2m9@2026-11-23#0' };
    const { responses } = await scene.press(resend, { channel: DIRECT });
    expect(scene.invocations).toMatchObject([{ command: 'delivery resend' }]);
    expect(responses).toMatchObject([{ replace_original: true }]);
    expect((await scene.press(resend)).responses).toMatchObject([{ replace_original: false }]);
  });

  it('of a button whose command is gone gets a sentence; a link gets none', async () => {
    const scene = openAnswering();
    const old = await scene.press({ action_id: 'press:0', value: 'translate|paper=2608.19880' });
    expect(JSON.stringify(old.responses)).toContain('too old');
    const link = await scene.press({ action_id: 'link:0', url: 'https://arxiv.org/abs/2608.19880' });
    expect(link.steps).toEqual(['ack']);
  });

  it('made twice is done once where it changes anything, until it is done', async () => {
    const gate = Promise.withResolvers<void>();
    const run = async (_: Invocation) => {
      await gate.promise;
      return words('Done');
    };
    const scene = openAnswering({ run });
    const save = { action_id: 'press:0', value: 'save|paper=2608.19880' };
    const show = { action_id: 'press:1', value: 'show|paper=2608.19880' };
    const presses = [scene.press(save), scene.press(save), scene.press(save, { user: BO })];
    const reads = [scene.press(show), scene.press(show)];
    gate.resolve();
    const steps = (await Promise.all(presses)).map((one) => one.steps.join(' '));
    await Promise.all(reads);
    expect(steps.toSorted()).toEqual(['ack', 'ack respond', 'ack respond']);
    expect(scene.invocations.filter(({ command }) => command === 'show')).toHaveLength(2);
    await scene.press(save);
    expect(scene.invocations.filter(({ command }) => command === 'save')).toHaveLength(3);
  });

  it('shares an answer with the channel, and what is the sharer’s alone with them', async () => {
    const { byTheWay } = textsFor(undefined).host;
    const cards = [...words('Agents').cards, ...words(byTheWay).cards];
    const scene = openAnswering({ run: () => words('', { cards }) });
    const { responses } = await scene.slash('show 2608.19880', { channel: OUTSIDE });
    const pressed = await scene.press(button(responses.at(-1) ?? {}, SHARE), {
      channel: OUTSIDE,
      isEphemeral: true,
    });
    const [shared, aside] = pressed.responses;
    expect(shared).toMatchObject({ response_type: 'in_channel', replace_original: false });
    expect(JSON.stringify(shared)).toContain(`<@${ADA}>`);
    expect(JSON.stringify(shared)).not.toContain(byTheWay);
    expect(aside).toMatchObject({ response_type: 'ephemeral' });
    expect(JSON.stringify(aside)).toContain(byTheWay);
    expect(scene.problems).toEqual([]);
  });

  it('does not share what was refused, or what changes anything', async () => {
    const scene = openAnswering({ run: () => words('No', { outcome: 'refused' }) });
    const show = await scene.press({ action_id: 'share:0', value: 'show|paper=2608.19880' });
    const save = await scene.press({ action_id: 'share:0', value: 'save|paper=2608.19880' });
    expect([...show.responses, ...save.responses]).toMatchObject([
      { response_type: 'ephemeral' },
      { response_type: 'ephemeral' },
    ]);
    expect(scene.invocations.map(({ command }) => command)).toEqual(['show']);
  });

  it('by a member of another team has no rights, and hears nothing of this one', async () => {
    const scene = openAnswering();
    await scene.press({ action_id: 'press:0', value: 'feed+list' }, { userTeam: 'T0000002' });
    const status = await scene.press({ action_id: 'press:0', value: 'status' }, { userTeam: 'T0000002' });
    await scene.press({ action_id: 'share:0', value: 'status' }, { userTeam: 'T0000002' });
    expect(scene.invocations).toMatchObject([{ command: 'feed list', member: { isManager: false } }]);
    expect(status.responses).toHaveLength(1);
  });
});

describe('a shortcut', () => {
  it('finds the papers in a message, wherever they stand in it', async () => {
    const scene = openAnswering();
    const { told, happened } = scene.tell({
      type: 'message_action',
      callback_id: 'find_papers',
      team: { id: TEAM },
      user: { id: ADA, name: 'ada' },
      channel: { id: PAPERS, name: 'papers' },
      message: {
        type: 'message',
        ts: '1.000003',
        text: 'Look at <https://arxiv.org/abs/2608.19880|this>',
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [{ type: 'link', url: 'https://hf.co/papers/2601.00001' }],
              },
            ],
          },
        ],
        attachments: [{ title: 'Agents', title_link: 'https://arxiv.org/abs/2601.00002' }],
      },
    });
    await scene.answering.onShortcut(told);
    const text = String(scene.invocations[0]?.options.text);
    for (const id of ['2608.19880', '2601.00001', '2601.00002']) expect(text).toContain(id);
    expect(happened.responses).toHaveLength(1);
  });
});
