import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonText } from '../../src/domain/reason.ts';
import { classify } from '../../src/topics/classify.ts';
import { inventList, type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { installProgram, NOBODY, type Program } from './program.ts';
import { textOf } from './text-of.ts';

let program: Program;
let server: SourceServer;

beforeAll(async () => {
  server = await startSourceServer();
  program = installProgram(server.url);
});
afterAll(async () => {
  await server.stop();
  program.remove();
});

/** No store and no source: whoever opens one of them fails. */
const NOTHING = { STORE_URL: 'nonsense', HUGGING_FACE_URL: NOBODY, ARXIV_URL: NOBODY };
const PAPER = {
  title: 'Reinforcement Learning for Language Agents',
  abstract: 'We train agents with reinforcement learning. The agents use tools.',
  keywords: ['reinforcement learning', 'tool use'],
};
const [KNOWN = ''] = inventList('2026-08-21').map(({ paper }) => paper.id);

const classifyLines = (input: string, env: Record<string, string> = NOTHING, ...args: string[]) =>
  program.run(['topics', 'classify', ...args], { env, input });

/** What `--json` says, line by line. */
async function answersTo(lines: readonly string[], env: Record<string, string> = NOTHING) {
  const { code, out, err } = await classifyLines(lines.join('\n'), env, '--json');
  expect(out.endsWith('\n'), err).toBe(true);
  return {
    code,
    err,
    answers: out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

const line = (paper: unknown) => JSON.stringify(paper);

/** The topics of a paper as the program tells them. */
function told(paper: Parameters<typeof classify>[0]) {
  return classify(paper).map((one) => ({ ...one, because: one.because.map((why) => reasonText(why)) }));
}

describe('topics classify', () => {
  it('tells the topics of JSON lines with reasons, in order, without a store and a source', async () => {
    const { code, err, answers } = await answersTo([
      line({ id: 'mine', ...PAPER }),
      line({ title: 'Zebra' }),
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(answers).toEqual([{ id: 'mine', topics: told(PAPER) }, { topics: [] }]);
    const [topic] = answers[0].topics;
    expect(topic).toEqual({
      slug: expect.any(String),
      score: expect.any(Number),
      because: expect.any(Array),
    });
    expect(topic.because[0]).toMatch(/^".+" in the (title|keywords|abstract)$/);
  });

  it('takes what the program itself prints, and text as the source has it', async () => {
    const raw = {
      title: '\uFEFF  Reinforcement \\textbf{Learning}\n  for Language\u200B Agents ',
      abstract: PAPER.abstract.replaceAll(' ', '\n  '),
      keywords: ['Reinforcement Learning', 'tool  use', 'reinforcement learning', ' '],
      upvotes: 3,
      authors: [{ name: 'Ada' }],
      id: null,
    };
    const { answers } = await answersTo([line(raw)]);
    expect(answers).toEqual([{ topics: told(PAPER) }]);
  });

  it('tells people a line for each topic', async () => {
    const input = `${[line({ id: 'a\u001b[2Jb', ...PAPER }), line(PAPER), line({ title: 'Zebra' })].join('\r\n')}\r\n`;
    const { code, out, err } = await classifyLines(input);
    expect([code, err]).toEqual([0, '']);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(2 * told(PAPER).length + 1);
    expect(lines[0]).toMatch(/^a\[2Jb: [\w-]+ [01]\.\d\d, by ".+" in the /);
    expect(lines.at(-2)).toMatch(/^Line 2: /);
    expect(lines.at(-1)).toBe('Line 3: no topic');
  });

  it.each([
    ['', 'The line is empty.'],
    ['   ', 'The line is empty.'],
    ['{', 'no whole JSON object'],
    ['{"title":"x"', 'no whole JSON object'],
    ['{}', 'The "title" is missing.'],
    ['{"id":"2611.00001"}', 'The "title" is missing.'],
    ['{"title":null}', 'The "title" is no text.'],
    ['{"title":["x"]}', 'The "title" is no text.'],
    ['{"title":" \\u200b "}', 'The "title" is empty.'],
    ['{"title":"x","abstract":7}', 'The "abstract" is no text.'],
    ['{"title":"x","keywords":"y"}', 'The "keywords" are no list.'],
    ['{"title":"x","keywords":["y",1]}', 'One of the "keywords" is no text.'],
    ['{"title":"x","id":{}}', 'The "id" is no text.'],
    ['["x"]', 'neither the id of a paper'],
    ['null', 'neither the id of a paper'],
    ['2611.1', 'neither the id of a paper'],
    ['\u0000\uFFFD\u001b[31m', 'neither the id of a paper'],
    ['https://example.org/abs/2611.00001', 'neither the id of a paper'],
    [`{"a":${'['.repeat(200_000)}`, 'no whole JSON object'],
    [`{"title":"${'x'.repeat(2 ** 20)}"}`, 'The line has more than 1048576 characters.'],
    ['x'.repeat(3 * 2 ** 20), 'The line has more than 1048576 characters.'],
  ])('%.40s cannot be read: a sentence in its place, and the rest goes on', async (bad, sentence) => {
    const { code, err, answers } = await answersTo([line(PAPER), bad, line(PAPER)]);
    expect([code, err]).toEqual([1, '']);
    const good = { topics: told(PAPER) };
    expect(answers).toEqual([good, { error: expect.stringContaining(sentence), line: 2 }, good]);
  });

  it('says on standard error what cannot be read, where people read', async () => {
    const { code, out, err } = await classifyLines(`nonsense\n${line({ title: 'Zebra' })}\n`);
    expect([code, out]).toEqual([1, 'Line 2: no topic\n']);
    expect(err).toMatch(/^Line 1: The line is neither .*\n$/);
  });

  it('takes bytes that are no text, and no input at all', async () => {
    const child = program.spawn(['topics', 'classify', '--json'], NOTHING);
    const out = textOf(child.stdout);
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end(Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0xc3, 0x28, 0x0a]));
    expect(await closed).toBe(1);
    expect(
      out()
        .trimEnd()
        .split('\n')
        .map((one) => JSON.parse(one).line),
    ).toEqual([1, 2]);
    expect(await classifyLines('', NOTHING, '--json')).toEqual({ code: 0, out: '', err: '' });
  });

  it('answers each line as it comes, and needs no end of input', async () => {
    const child = program.spawn(['topics', 'classify', '--json'], NOTHING);
    const out = textOf(child.stdout);
    for (const count of [1, 2, 3]) {
      child.stdin.write(`${line(PAPER)}\n`);
      await expect.poll(() => out().split('\n').length - 1, { timeout: 20_000 }).toBe(count);
    }
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    expect(await closed).toBe(0);
  });

  it('ends when its reader goes away, however much is still to come', async () => {
    const child = program.spawn(['topics', 'classify', '--json'], NOTHING);
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.write(`${line(PAPER)}\n`.repeat(20_000));
    expect(await closed).toBe(0);
  });

  it('opens no store for JSON lines', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperwire-topics-'));
    const env = { ...NOTHING, STORE_URL: `sqlite:${folder}/none.db` };
    expect((await classifyLines(`${line(PAPER)}\nnonsense\n`, env)).code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(join(folder, 'none.db'))).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe('topics classify with ids', () => {
  const store = { STORE_URL: 'sqlite:data/topics.db' };

  it('looks them up at the source, links too, between other lines', async () => {
    const given = [
      line(PAPER),
      KNOWN,
      `https://arxiv.org/pdf/${KNOWN}v2`,
      'nonsense',
      `<https://huggingface.co/papers/${KNOWN}>`,
      line(PAPER),
    ];
    const { code, err, answers } = await answersTo(given, store);
    expect([code, err]).toEqual([1, '']);
    const looked = { id: KNOWN, topics: expect.any(Array) };
    const own = { topics: told(PAPER) };
    expect(answers).toEqual([own, looked, looked, { error: expect.any(String), line: 4 }, looked, own]);
  });

  it('finds them in the archive first, so that it works without the source', async () => {
    await program.run(['fetch', '--day', '2026-08-21'], { env: store });
    server.forget();
    expect((await answersTo([KNOWN, `arXiv:${KNOWN}`], store)).code).toBe(0);
    expect(server.count()).toBe(0);
    const { code, answers } = await answersTo([KNOWN], { ...NOTHING, ...store });
    expect([code, answers]).toEqual([0, [{ id: KNOWN, topics: expect.any(Array) }]]);
  });

  it('says which cannot be had, and goes on', async () => {
    const unknown = '2608.31999';
    const { code, answers } = await answersTo([unknown, KNOWN], store);
    expect(code).toBe(1);
    expect(answers).toEqual([
      { error: `Nobody knows a paper ${unknown}.`, line: 1 },
      { id: KNOWN, topics: expect.any(Array) },
    ]);
    const offline = await answersTo([unknown, line(PAPER)], { ...NOTHING, STORE_URL: 'memory:' });
    expect([offline.code, offline.err]).toEqual([1, '']);
    expect(offline.answers).toEqual([
      { error: expect.stringContaining('cannot be reached'), line: 1 },
      { topics: told(PAPER) },
    ]);
  });

  it('ends with 130 when it is interrupted while it waits for more', async () => {
    const child = program.spawn(['topics', 'classify', '--json'], store);
    const out = textOf(child.stdout);
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdin.write(`${KNOWN}\n`);
    await expect.poll(out, { timeout: 20_000 }).toContain('\n');
    child.kill('SIGINT');
    expect(await closed).toBe(130);
  });
});

describe('topics', () => {
  it.each([
    [[], 'Say paperwire topics classify'],
    [['list'], 'Say paperwire topics classify'],
    [['classify', 'again'], 'Say paperwire topics classify'],
    [['classify', '--fast'], "Unknown option '--fast'"],
    [['--fast'], "Unknown option '--fast'"],
  ])('wrong usage %j: a sentence and exit 2', async (args, sentence) => {
    const { code, out, err } = await program.run(['topics', ...args], { env: NOTHING });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it.each([[['--help']], [['classify', '--help']]])('%j is help', async (args) => {
    const { code, out } = await program.run(['topics', ...args], { env: NOTHING });
    expect([code, out]).toEqual([0, expect.stringMatching(/^Usage: paperwire topics classify/)]);
  });
});
