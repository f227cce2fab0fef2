import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../../../src/command.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import {
  CardRejectedError,
  DeliveryRefusedError,
  DeliveryUnavailableError,
  StoreError,
} from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import {
  BO,
  button,
  DIRECT,
  GENERAL,
  labelsOf,
  OUTSIDE,
  openAnswering,
  PAPERS,
  TEAM,
  words,
} from './answering-scene.ts';

const SAY = textsFor(undefined).slackAnswers;
const SHARE = SAY.share;
const WHERE = { platform: 'slack', channel: PAPERS };

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

const ACTION = { label: 'More', command: 'search', options: { query: 'agents', page: 2 } };

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

describe('a file', () => {
  const file = {
    name: 'saved.bib',
    mediaType: 'application/x-bibtex',
    content: '@misc{a,\n title={ä & <b> ```}\n}\n',
  };
  const run = () => words('saved.bib', { file });
  const uploading = async ({ method }: { method: string }) =>
    method === 'files.getUploadURLExternal'
      ? { upload_url: 'https://files.example/1', file_id: 'F1' }
      : { channel: { id: DIRECT } };

  it('goes into direct messages where files may be written', async () => {
    const scene = openAnswering({ run, ask: uploading });
    const { responses } = await scene.slash('saved format:bibtex');
    expect(scene.uploads).toEqual([{ url: 'https://files.example/1', content: file.content }]);
    expect(scene.questions.at(-1)).toMatchObject({
      method: 'files.completeUploadExternal',
      args: { files: [{ id: 'F1' }], channel_id: DIRECT },
    });
    expect(JSON.stringify(responses)).toContain('direct messages');
  });

  it('takes nothing away that is said beside it', async () => {
    const cards = [...words('saved.bib').cards, ...words('By the way').cards];
    for (const ask of [uploading, () => Promise.reject(new Error('no'))]) {
      const scene = openAnswering({ run: () => words('', { cards, file }), ask });
      const { responses } = await scene.slash('saved format:bibtex');
      expect(scene.uploads).toHaveLength(ask === uploading ? 1 : 0);
      expect(JSON.stringify(responses)).toContain('By the way');
      expect(scene.problems).toEqual([]);
    }
  });

  it.each([1, 3000])('else is shown as it is, %s times as long', async (times) => {
    const long = { ...file, content: file.content.repeat(times) };
    const refusal = new DeliveryRefusedError('no', { ...WHERE, reason: 'forbidden' });
    const scene = openAnswering({
      run: () => words('saved.bib', { file: long }),
      ask: () => Promise.reject(refusal),
    });
    const { responses } = await scene.slash('saved format:bibtex');
    const shown = responses.flatMap(
      ({ blocks }) => JSON.stringify(blocks).match(/rich_text_preformatted/g) ?? [],
    );
    expect(shown).toHaveLength(times === 1 ? 1 : 4);
    expect(responses).toHaveLength(times === 1 ? 1 : 5);
    if (times > 1) expect(JSON.stringify(responses[4])).toContain('paperwire paper saved --format bibtex');
    expect(scene.problems).toEqual([]);
  });
});

describe('what goes wrong', () => {
  it('with an answer is told in the log once', async () => {
    const error = new DeliveryUnavailableError('lost', { ...WHERE, mayHaveArrived: true });
    const scene = openAnswering({ respond: () => Promise.reject(error) });
    const { steps } = await scene.slash('today');
    expect(steps).toEqual(['ack', 'respond']);
    expect(scene.logged(40)).toHaveLength(1);
  });

  it('with a message that Slack does not take ends in a sentence', async () => {
    const error = new CardRejectedError('no', { ...WHERE, limit: 'status 400' });
    const scene = openAnswering({
      respond: ({ blocks }) => (blocks === undefined ? Promise.resolve() : Promise.reject(error)),
    });
    const { responses } = await scene.slash('today');
    expect(responses).toMatchObject([{ text: textsFor(undefined).slackAnswers.tooBig }]);
    expect(scene.logged(50)).toHaveLength(1);
  });

  it('with a payload, or before a command is reached, is told in the log, and said', async () => {
    const scene = openAnswering();
    const { told, happened } = scene.tell({ nothing: true });
    await scene.answering.onPress(told);
    expect(happened.steps).toEqual(['ack', 'respond']);
    const installer = () => Promise.reject(new StoreError('get'));
    const places = { ...scene.dependencies.places, installer };
    const closed = openAnswering({ dependencies: { places } });
    const { responses } = await closed.slash('today');
    expect(JSON.stringify(responses)).toContain(textsFor(undefined).gateway.away);
    expect(closed.logged(50)).toHaveLength(1);
    expect(scene.logged(50)).toHaveLength(1);
  });

  it('at the end is waited for, then ended', async () => {
    const run = ({ signal }: Invocation) =>
      new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const scene = openAnswering({ run });
    const asked = scene.slash('today');
    await scene.answering.stop(0);
    expect((await asked).steps).toEqual(['ack']);
    expect((await scene.slash('today')).steps).toEqual([]);
    expect(scene.logged(50)).toEqual([]);
  });
});

it('shows nothing that Slack would not take of a real list', async () => {
  const entries = Array.from({ length: 10 }, (_, index) => ({
    number: index + 1,
    paper: aPaper({ id: `2601.0000${index}`, title: 'Agents & <models> *of* `code`' }),
  }));
  const cards = [
    { kind: 'list' as const, title: 'Today', sections: [{ entries }], notes: [], actions: [ACTION] },
  ];
  const scene = openAnswering({ run: () => words('', { cards }) });
  const { responses } = await scene.slash('today');
  expect(responses).toHaveLength(1);
  expect(labelsOf(responses[0] ?? {})).toEqual(expect.arrayContaining(['More', SHARE]));
  expect(scene.problems).toEqual([]);
});
