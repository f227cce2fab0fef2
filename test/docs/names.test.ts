import { globSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../adapters/discord/posting/permissions.ts';
import { CONFIRM_MS } from '../../adapters/email/subscribing/links.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../adapters/slack/installing/scopes.ts';
import { commands } from '../../commands/index.ts';
import { DAY_MS } from '../../src/domain/calendar.ts';
import { CARDS_WATCHED_DAYS } from '../../src/domain/reaction.ts';
import { OUTCOMES_KEPT_DAYS } from '../../src/pipeline/upkeep.ts';
import { textsFor } from '../../src/texts/index.ts';
import { installProgram, NOBODY } from '../end-to-end/program.ts';
import { blocksOf, codeWordsOf, guides, type Page, ROOT, rootFile } from './pages.ts';

const PAGES = guides();
const VARIABLE = /\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b/g;

/** All that the configuration reads. */
const READ = new Set(
  ['config', 'config/discord', 'config/slack', 'config/email']
    .flatMap((name) => [...rootFile(`src/${name}.ts`).matchAll(/'(SOURCE|[A-Z][A-Z\d]*(?:_[A-Z\d]+)+)'/g)])
    .map(([, name = '']) => name),
);
/** What the compose files are given. */
const GIVEN = new Set(
  ['compose.yaml', 'compose.redis.yaml']
    .flatMap((file) => [...rootFile(file).matchAll(/\$\{([A-Z_]+)/g)])
    .map(([, name = '']) => name),
);
const LISTED = new Set(
  [...rootFile('.env.example').matchAll(/^#?([A-Z][A-Z\d_]*)=/gm)].map(([, name = '']) => name),
);
/** Words of the same look that are no variables of the bot, or stand for all of them. */
const OTHERS = /^(?:NAME_FILE|NO_COLOR|PAPERWIRE_TEST_[A-Z]+)$/;

/** The text of all code in some folders. */
function sourcesOf(...folders: string[]): string {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: ROOT }));
  return files.map(rootFile).join('\n');
}

/** What a page gives to be typed: its command blocks line by line, and what stands between backticks. */
function typedIn(page: Page): string[] {
  const blocks = blocksOf(page).filter(({ language }) => language === 'sh');
  const lines = blocks.flatMap(({ code }) => code.replaceAll('\\\n', ' ').split('\n'));
  return [...codeWordsOf(page), ...lines];
}

function settingsIn(page: Page): string[] {
  return blocksOf(page).flatMap(({ language, code }) => (language === 'env' ? [code] : []));
}

describe('variables', () => {
  it('that the configuration reads stand in .env.example, and no others', () => {
    const known = new Set([...READ, ...GIVEN]);
    const files = [...LISTED].filter((name) => name.endsWith('_FILE'));
    expect([...READ].filter((name) => !LISTED.has(name))).toEqual([]);
    expect([...LISTED].filter((name) => !known.has(name.replace(/_FILE$/, '')))).toEqual([]);
    expect(files).toEqual(['DKIM_KEY_FILE']);
  });

  it.each(PAGES)('that $path names are there', (page) => {
    const named = new Set(
      [...typedIn(page), ...settingsIn(page)].flatMap((text) => text.match(VARIABLE) ?? []),
    );
    const unknown = [...named].filter(
      (name) => ![READ, GIVEN].some((known) => known.has(name.replace(/_FILE$/, ''))) && !OTHERS.test(name),
    );
    expect(unknown).toEqual([]);
  });
});

/** By the name of a command of the program: the options that its help tells. */
const optionsOf = new Map<string, Set<string>>();

beforeAll(async () => {
  const program = installProgram(NOBODY);
  const helpOf = async (...args: string[]) => (await program.run([...args, '--help'])).out;
  const names = (await helpOf()).matchAll(/^ {2}([a-z]\w*) /gm);
  const asked = [...names].map(async ([, name = '']) => {
    const help = name === 'paper' ? '' : await helpOf(name);
    optionsOf.set(name, new Set(help.match(/--[a-z][\w-]*/g)));
  });
  await Promise.all(asked);
  program.remove();
}, 60_000);

const PAPER = new Map(
  commands.map(({ name, options }) => [name, new Set(['--json', ...options.map((one) => `--${one.name}`)])]),
);
const FAMILIES = new Set(commands.map(({ name }) => name.split(' ')[0]));

/** Options of every command, and of Node. */
const OF_OTHERS = new Set(['--help', '--max-semi-space-size', '--heap-growing-percent']);

/** What is wrong with a call of the program; undefined where nothing is. */
function faultOf(call: string): string | undefined {
  const [, name = '', rest = ''] = /^paperwire (\S+)(.*)$/.exec(call) ?? [];
  if (name.startsWith('-') || name === '…' || name.startsWith('<')) return undefined;
  const options = optionsOf.get(name);
  if (!options) return `${call}: there is no command ${name}`;
  const given: string[] = rest.replace(/"[^"]*"|'[^']*'/g, '').match(/(?<=\s)--[a-z][\w-]*/g) ?? [];
  if (name === 'paper') return paperFault(rest, given);
  const unknown = given.find((option) => !options.has(option) && option !== '--help');
  return unknown === undefined ? undefined : `${call}: ${name} has no ${unknown}`;
}

function paperFault(rest: string, given: readonly string[]): string | undefined {
  const [first = '', second = ''] = rest.trim().split(/\s+/);
  if (first === '…' || first === '') return undefined;
  const options = PAPER.get(`${first} ${second}`) ?? PAPER.get(first);
  if (!options)
    return FAMILIES.has(first) && second === '' ? undefined : `/paper${rest}: there is no such command`;
  const unknown = given.find((option) => !options.has(option));
  return unknown === undefined ? undefined : `/paper${rest}: it has no ${unknown}`;
}

/** Calls of the program in what is to be typed, each up to where a shell ends it. */
function callsIn(text: string): string[] {
  const call = /(?<=^|[|&;(]\s*|[A-Z_]+=\S+\s+)paperwire [^\s:](?:[^|>&#;"']|"[^"]*"|'[^']*')*/g;
  return text.match(call) ?? [];
}

describe('commands', () => {
  it.each(PAGES)('of the program that $path names are there, with their options', (page) => {
    const calls = typedIn(page).flatMap(callsIn);
    expect(calls.map((call) => faultOf(call.trim())).filter(Boolean)).toEqual([]);
  });

  it('would be noticed if they were not', () => {
    expect(faultOf('paperwire dance')).toContain('no command dance');
    expect(faultOf('paperwire fetch --fast')).toContain('fetch has no --fast');
    expect(faultOf('paperwire paper feed add --speed 3')).toContain('no --speed');
    expect(faultOf('paperwire paper feed dance')).toContain('no such command');
    expect(callsIn('STORE_URL=memory: paperwire import --file x | cat')).toEqual([
      'paperwire import --file x ',
    ]);
  });

  it.each(PAGES)('of chats that $path names are there', (page) => {
    const given = codeWordsOf(page).filter((word) => /^\/paper [a-z]/.test(word));
    expect(given.map((word) => paperFault(word.slice('/paper'.length), [])).filter(Boolean)).toEqual([]);
  });

  it.each(PAGES)('have the options that $path names alone', (page) => {
    const all = new Set([...optionsOf.values(), ...PAPER.values()].flatMap((options) => [...options]));
    const alone = codeWordsOf(page).flatMap((word) => /^--[a-z][\w-]*/.exec(word) ?? []);
    expect(alone.filter((option) => !all.has(option) && !OF_OTHERS.has(option))).toEqual([]);
  });

  it('are all in the table of the README, and those of chats in that of docs/commands.md', () => {
    const readme = rootFile('README.md');
    expect(
      [...optionsOf.keys()].filter(
        (name) =>
          !readme.includes(`paperwire ${name}`) &&
          !readme.includes(`\`${name}\``) &&
          !readme.includes(`\`${name} `),
      ),
    ).toEqual([]);
    const words = new Set(
      codeWordsOf({ path: '', text: rootFile('docs/commands.md') }).flatMap((word) => word.split(' ')),
    );
    expect(commands.filter(({ name }) => !name.split(' ').every((word) => words.has(word)))).toEqual([]);
  });
});

describe('scripts', () => {
  it.each(PAGES)('of npm that $path names are there', (page) => {
    const { scripts } = JSON.parse(rootFile('package.json')) as { scripts: Record<string, string> };
    const named = typedIn(page).flatMap(
      (text) => text.match(/(?<=npm run (?:--silent )?)[a-z][\w:-]*/g) ?? [],
    );
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('what may be wrong', () => {
  it('is told in the README in the words of the program', () => {
    const [, table = ''] = /^## When something is wrong\n([\s\S]*?)^## /m.exec(rootFile('README.md')) ?? [];
    const seen = [...table.matchAll(/^\|([^|]*)\|/gm)].flatMap(
      ([, cell = '']) => cell.match(/(?<=`)[^`]+(?=`)/g) ?? [],
    );
    const sentences = seen.filter((word) => word.includes(' ') && !/^(?:\/|paperwire )/.test(word));
    expect(sentences.length).toBeGreaterThan(8);
    const program = sourcesOf('src', 'adapters', 'commands');
    const parts = sentences
      .flatMap((sentence) => sentence.split('…'))
      .filter((part) => part.trim().length > 11);
    expect(parts.filter((part) => !program.includes(part.trim()))).toEqual([]);
  });
});

describe('docs/security.md', () => {
  const page = rootFile('docs/security.md');

  it('has every permission and scope with its reason, in the words of the program', () => {
    const { permissions, reasons } = textsFor('en').discord;
    const ofDiscord = PERMISSIONS.map((name) => `| ${permissions[name]} | ${reasons[name]} |`);
    const scopes = [...NEEDED_SCOPES, ...Object.values(OPTIONAL_SCOPES).flat()];
    const ofSlack = scopes.map(({ name, why }) => `| \`${name}\` | ${why} |`);
    expect([...ofDiscord, ...ofSlack].filter((row) => !page.includes(row))).toEqual([]);
    expect(page).toContain('These seven permissions');
    expect(PERMISSIONS).toHaveLength(7);
    expect(page).toContain('These nine scopes');
    expect(NEEDED_SCOPES).toHaveLength(9);
  });

  it('keeps what it says as long as the program does', () => {
    const rows = ['| alarms | subject, sentence, begin and end |', '| an edition |', '| a workspace |'];
    for (const row of rows)
      expect(page.split('\n').find((line) => line.startsWith(row))).toContain(`${OUTCOMES_KEPT_DAYS} days`);
    expect([OUTCOMES_KEPT_DAYS, CARDS_WATCHED_DAYS, CONFIRM_MS / DAY_MS]).toEqual([90, 7, 2]);
    expect(page).toContain('on cards for seven days of looking');
  });
});

describe('docs/commands.md', () => {
  it('has every option of a feed', () => {
    const page = rootFile('docs/commands.md');
    const options = commands.find(({ name }) => name === 'feed add')?.options ?? [];
    expect(options.length).toBeGreaterThan(10);
    expect(options.filter(({ name }) => !page.includes(`\`--${name}\``)).map(({ name }) => name)).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('names every layer of the architecture test', () => {
    const page = rootFile('docs/architecture.md');
    const layers = [...rootFile('test/layers.ts').matchAll(/\{\s*name: '([^']+)',\s*files:/g)];
    expect(layers.length).toBeGreaterThan(15);
    expect(layers.map(([, name = '']) => name).filter((name) => !page.includes(name))).toEqual([]);
  });
});
