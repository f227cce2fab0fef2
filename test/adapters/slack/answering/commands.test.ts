import { describe, expect, it } from 'vitest';
import { textsFor } from '../../../../src/texts/index.ts';
import { BO, button, DIRECT, labelsOf, openAnswering, PAPERS, TEAM, words } from './answering-scene.ts';
import { ACTION, SHARE } from './said.ts';

describe('a command', () => {
  it('is acknowledged before anything else, and arrives with its caller, place and language', async () => {
    const scene = openAnswering();
    const { steps } = await scene.slash('search gaussian splatting', { user: BO });
    expect(steps).toEqual(['ack', 'respond']);
    expect(scene.invocations).toMatchObject([
      {
        command: 'search',
        options: { query: 'gaussian splatting' },
        place: { platform: 'slack', workspace: TEAM, channel: PAPERS },
        member: { id: BO, isManager: false },
        locale: 'de',
      },
    ]);
    expect(scene.problems).toEqual([]);
  });

  it('is answered for the caller alone, and can be shared where it reads', async () => {
    const scene = openAnswering();
    const { responses } = await scene.slash('today');
    expect(responses).toMatchObject([{ response_type: 'ephemeral', replace_original: false }]);
    expect(labelsOf(responses[0] ?? {})).toContain(SHARE);
  });

  it.each([
    ['feed list', PAPERS],
    ['save 2608.19880', PAPERS],
    ['following', PAPERS],
    ['today', DIRECT],
  ])('%s in %s is not for sharing', async (text, channel) => {
    const scene = openAnswering();
    const { responses } = await scene.slash(String(text), { channel: String(channel) });
    expect(labelsOf(responses[0] ?? {})).not.toContain(SHARE);
  });

  it('between two others is for sharing', async () => {
    const { responses } = await openAnswering().slash('today', { channel: 'D0000TWO' });
    expect(labelsOf(responses[0] ?? {})).toContain(SHARE);
  });

  it('without words gets the help of this place', async () => {
    const scene = openAnswering();
    const { responses } = await scene.slash('');
    const { help } = textsFor(undefined).slackAnswers;
    expect(scene.invocations).toEqual([]);
    expect(labelsOf(responses[0] ?? {})).toEqual([help.today, help.search, help.topics, help.home]);
    expect(JSON.stringify(responses)).toContain('/paper feed add');
    expect(JSON.stringify(await scene.slash('help', { user: BO }))).not.toContain('/paper feed add');
    expect(scene.problems).toEqual([]);
  });

  it('with a long answer goes on in more messages and ends with a word about the rest', async () => {
    const long = 'A very long sentence, said again. '.repeat(250);
    const cards = Array.from({ length: 9 }, (_, part) => ({
      kind: 'text' as const,
      title: `Part ${part}`,
      paragraphs: [long, long],
    }));
    const scene = openAnswering({ run: () => words('', { cards }) });
    const { responses } = await scene.slash('status');
    expect(responses).toHaveLength(5);
    expect(JSON.stringify(responses[4])).toContain('/paper status');
    expect(scene.problems).toEqual([]);
  });

  it('with short cards gets them in one message', async () => {
    const cards = ['One', 'Two'].flatMap((title) => words(title, { actions: [ACTION] }).cards);
    const scene = openAnswering({ run: () => words('', { cards }) });
    const { responses } = await scene.slash('status');
    expect(responses).toHaveLength(1);
    const ids = JSON.stringify(responses).match(/"action_id":"[^"]*"/g) ?? [];
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect(scene.problems).toEqual([]);
  });

  it('that does not exist gets the near one as a button, which takes the answer’s place', async () => {
    const scene = openAnswering();
    const { responses } = await scene.slash('serach agents');
    expect(JSON.stringify(responses)).toContain('/paper search');
    const run = button(responses[0] ?? {}, '/paper search query:agents');
    const pressed = await scene.press(run, { isEphemeral: true });
    expect(scene.invocations).toMatchObject([{ command: 'search', options: { query: 'agents' } }]);
    expect(pressed.responses).toMatchObject([{ replace_original: true }]);
  });

  it('whose channel was only typed asks for one of Slack’s list', async () => {
    const scene = openAnswering();
    const { responses } = await scene.slash('feed add channel:#papers');
    expect(JSON.stringify(responses)).toContain('#papers');
    expect(scene.invocations).toEqual([]);
    await scene.slash('feed add channel:<#C0PAPERS|papers> role:<!subteam^S0123456|@readers>');
    expect(scene.invocations).toMatchObject([{ options: { channel: PAPERS, role: 'S0123456' } }]);
  });

  it('takes an emoji by its short name', async () => {
    const scene = openAnswering();
    await scene.slash('topics add name:"weather models" query:weather emoji::robot_face:');
    expect(scene.invocations).toMatchObject([
      { command: 'topics add', options: { name: 'weather models', query: 'weather', emoji: '🤖' } },
    ]);
  });
});
