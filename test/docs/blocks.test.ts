import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAKES, type Fake, startSource } from './fakes.ts';
import { type Block, blocksOf, guides } from './pages.ts';
import { copyProject, type Ended, type Place, type Project } from './project.ts';

/** What is not run as it stands: settings, code of files, what is printed. */
const OTHER_LANGUAGES = ['env', 'json', 'yaml', 'text', 'ts', 'diff'];
const MARK = /^(?:(?<kind>not run|run with|run until|exit 1): (?<word>\S.*))$/;

/** How a command block is run, by the comments before it. */
interface Plan {
  /** Why it is not run. */
  reason?: string;
  fakes: string[];
  until?: string;
  /** Why it is to fail here. */
  fails?: string;
}

/** Errors: a mark that means nothing. */
function planOf({ marks, at }: Pick<Block, 'marks' | 'at'>): Plan {
  const plan: Plan = { fakes: [] };
  for (const mark of marks) {
    const { kind, word = '' } = MARK.exec(mark)?.groups ?? {};
    if (kind === 'not run') plan.reason = word;
    else if (kind === 'run with' && Object.hasOwn(FAKES, word)) plan.fakes.push(word);
    else if (kind === 'run until') plan.until = word;
    else if (kind === 'exit 1') plan.fails = word;
    else throw new Error(`${at}: the comment "${mark}" before the block means nothing to this test.`);
  }
  return plan;
}

const PAGES = guides()
  .map((page) => ({ path: page.path, all: blocksOf(page) }))
  .map(({ path, all }) => ({ path, all, blocks: all.filter(({ language }) => language === 'sh') }))
  .filter(({ all }) => all.length > 0);

let source: Fake;
let project: Project;
beforeAll(async () => {
  source = await startSource();
  project = await copyProject();
}, 60_000);
afterAll(async () => {
  await source.stop();
  await project.remove();
}, 60_000);

describe('blocks', () => {
  it.each(PAGES)('of $path say what they hold', ({ all }) => {
    const unknown = all.filter(({ language }) => ![...OTHER_LANGUAGES, 'sh'].includes(language));
    expect(unknown.map(({ at, language }) => `${at}: "${language}"`)).toEqual([]);
  });

  it('are found with their marks, and a mark that means nothing is told', () => {
    const text = '# A\n\n<!-- run with: mail -->\n<!-- run until: up -->\n```sh\npaperwire start\n```\n';
    const [block] = blocksOf({ path: 'a.md', text });
    expect(block).toEqual({
      at: 'a.md:3',
      language: 'sh',
      code: 'paperwire start\n',
      marks: ['run with: mail', 'run until: up'],
    });
    expect(planOf(block as Block)).toEqual({ fakes: ['mail'], until: 'up' });
    expect(() => planOf({ at: 'a.md:3', marks: ['not run:'] })).toThrow('means nothing');
    for (const mark of ['later', 'run with: telegraph'])
      expect(() => planOf({ at: 'a.md:3', marks: [mark] })).toThrow('means nothing');
  });

  // Of each page in one folder, one after the other, as whoever reads it would.
  it.concurrent.each(PAGES)('of $path do what they say', { timeout: 80_000 }, async ({ blocks }) => {
    const runs = blocks.map((block) => ({ block, plan: planOf(block) }));
    if (runs.every(({ plan }) => plan.reason !== undefined)) return;
    const place = project.open();
    for (const { block, plan } of runs) await runBlock(place, block, plan);
  });

  it('would be noticed if they failed', async () => {
    const block = { at: 'a.md:1', language: 'sh', code: 'paperwire fetch --fast\ntrue\n', marks: [] };
    await expect(runBlock(project.open(), block, { fakes: [] })).rejects.toThrow(
      /a\.md:1.*Unknown option '--fast'/s,
    );
  });
});

async function runBlock(place: Place, { at, code }: Block, plan: Plan): Promise<void> {
  const { reason, fakes, until } = plan;
  if (reason !== undefined) return;
  const started: (Fake | undefined)[] = [];
  try {
    for (const name of fakes) started.push(await FAKES[name]?.());
    // Where servers are required, asking for one that is not there has failed already.
    if (started.includes(undefined)) return;
    const env = Object.assign({}, source.env, ...started.map((fake) => fake?.env));
    const ended = await place.run(code, { env, ...(until === undefined ? {} : { until }) });
    if (!isAsPlanned(ended, plan))
      throw new Error(`${at} ended with ${ended.code ?? ended.signal}: ${ended.said}`);
  } finally {
    for (const fake of started) await fake?.stop();
  }
}

function isAsPlanned({ code, signal, said }: Ended, { until, fails }: Plan): boolean {
  if (until !== undefined) return said.includes(until) && (code === 0 || signal === 'SIGTERM');
  return code === (fails === undefined ? 0 : 1);
}
