import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  inside,
  LAUNCHER,
  OLD_NODE,
  openWorkshop,
  program,
  STARTERS,
  type Workshop,
  watch,
} from './launch.ts';

const isWindows = process.platform === 'win32';

let workshop: Workshop;
beforeAll(() => {
  workshop = openWorkshop();
});
afterAll(() => workshop.remove());

/** Says which signals came and ends with code 3 at SIGTERM. */
const LISTENER = `
let count = 0;
process.on('SIGINT', () => console.log('INT ' + ++count));
process.on('SIGTERM', () => { console.log('TERM after ' + count); process.exit(3); });
setInterval(() => {}, 60_000);
console.log('ready');
`;

describe.each(STARTERS)('the launcher, started by $name', (starter) => {
  const { skip } = starter;
  // Signals and shell scripts are those of Unix; Windows goes the same way through the code, without them.
  const reason = isWindows ? 'needs the signals of Unix' : skip;
  const test = (title: string, run: () => Promise<void>) =>
    reason === undefined ? it(title, run) : it.skip(`${title} (${reason})`, run);

  test('hands on arguments, standard input and the exit code, also where paths hold blanks', async () => {
    const script = workshop.script(
      'echo it.mjs',
      `let input = ''; for await (const text of process.stdin) input += text;
      console.log(JSON.stringify({ args: process.argv.slice(2), file: process.argv[1], input })); process.exitCode = 7;`,
    );
    const { child, ended } = workshop.launch(starter, [script, 'one', 'two words', '--flag=*', '']);
    child.stdin?.end('typed');
    const { code, stdout, stderr } = await ended;
    expect(JSON.parse(stdout)).toEqual({
      args: ['one', 'two words', '--flag=*', ''],
      file: script,
      input: 'typed',
    });
    expect(code).toBe(7);
    expect(stderr).toBe('');
  });

  test('runs TypeScript as the main module, without warnings', async () => {
    const script = workshop.script(
      'main.ts',
      `import { DatabaseSync } from 'node:sqlite';
      const isMain: boolean = import.meta.main;
      console.log(isMain, typeof DatabaseSync);`,
    );
    expect(await workshop.launch(starter, [script]).ended).toMatchObject({
      code: 0,
      stdout: 'true function\n',
      stderr: '',
    });
  });

  test('fails with what fails', async () => {
    const script = workshop.script('throw.mjs', `await null; throw new Error('on purpose');`);
    const { code, stderr } = await workshop.launch(starter, [script]).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('on purpose');
  });

  test('hands on SIGTERM and keeps the exit code that follows', async () => {
    const { child, said, ended } = workshop.launch(starter, [workshop.script('listen.mjs', LISTENER)]);
    await said('ready');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 3, signal: null, stdout: 'ready\nTERM after 0\n' });
  });

  test('hands on each SIGINT once', async () => {
    const { child, said, ended } = workshop.launch(starter, [workshop.script('listen.mjs', LISTENER)]);
    await said('ready');
    child.kill('SIGINT');
    await said('INT 1');
    child.kill('SIGINT');
    await said('INT 2');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 3, stdout: 'ready\nINT 1\nINT 2\nTERM after 2\n' });
  });

  test('dies by the signal that the script dies by', async () => {
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
      const script = workshop.script(
        `${signal}.mjs`,
        `process.kill(process.pid, '${signal}'); setInterval(() => {}, 60_000);`,
      );
      expect(await workshop.launch(starter, [script]).ended).toMatchObject({ code: null, signal });
    }
  });

  test('is paperwire, also through a link in another folder', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    const bin = join(workshop.folder, `linked by ${starter.name}`);
    mkdirSync(bin);
    symlinkSync(LAUNCHER, join(bin, 'paperwire'));
    const [node, ...flags] = starter.command;
    const env = { ...process.env, PATH: `${join(workshop.folder, 'bin')}:${process.env.PATH}` };
    const linked = watch(spawn(node, [...flags, join(bin, 'paperwire'), '--version'], { cwd: bin, env }));
    expect(await linked.ended).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;
  const inTerminal = hasScript ? test : (title: string) => it.skip(`${title} (needs util-linux's "script")`);
  const CTRL_C = '\x03';

  inTerminal('lets the terminal’s own Ctrl-C reach the script, and adds none', async () => {
    const { child, said, ended, outcome } = inside(
      workshop,
      starter,
      // Whoever started the launcher sees its number; a script that runs inside it has that number itself.
      `console.log('launcher ' + (${starter === STARTERS[0]} ? process.pid : process.ppid) + '.');${LISTENER}`,
    );
    await said('ready');
    child.stdin?.write(CTRL_C);
    await said('INT 1');
    // The launcher got its SIGINT with the script, so whatever it does about that comes before this.
    process.kill(Number(/launcher (\d+)/.exec(outcome.stdout)?.[1]), 'SIGTERM');
    expect((await ended).stdout).toContain('TERM after 1');
    expect(outcome.stdout).not.toContain('INT 2');
  });

  inTerminal('ends by a second Ctrl-C where the script takes only one', async () => {
    const { child, said, ended } = inside(
      workshop,
      starter,
      `process.once('SIGINT', () => console.log('stopping')); setInterval(() => {}, 60_000); console.log('ready');`,
    );
    await said('ready');
    child.stdin?.write(CTRL_C);
    await said('stopping');
    child.stdin?.write(CTRL_C);
    expect((await ended).code).toBe(130);
  });
});

describe.skipIf(isWindows)('without a Node new enough', () => {
  const script = () => workshop.script('hello.mjs', `console.log('hello');`);
  const ONE_LINE =
    /^This is Node 20\.20\.2; Paperwire needs Node 22\.23, 24\.15, or 26 and newer\. npm could not fetch .*registry\.\n$/;

  it('asks npm for one, once, by an exact version', async () => {
    const before = workshop.asked();
    expect((await workshop.launch(OLD_NODE, [script()]).ended).stdout).toBe('hello\n');
    expect(workshop.asked().slice(before.length)).toMatch(
      /^--yes .*--package node\S*-\w+@26\.10\.0 -- node -p process\.execPath\n$/,
    );
  });

  it('says so in one line when npm cannot reach its registry', async () => {
    const { PATH } = process.env;
    const cache = join(workshop.folder, 'empty cache');
    const env = { PATH, npm_config_registry: 'http://127.0.0.1:1', npm_config_cache: cache };
    const { code, stdout, stderr } = await workshop.launch(OLD_NODE, [script()], { env }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(ONE_LINE);
  });

  it('says so in one line when there is no npm', async () => {
    const { code, stdout, stderr } = await workshop.launch(OLD_NODE, [script()], {
      env: { PATH: '/nonexistent' },
    }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(ONE_LINE);
  });

  it('does not take the old one for the fetched one', async () => {
    const bin = join(workshop.folder, 'same');
    mkdirSync(bin);
    program(join(bin, 'npx'), `echo "${process.execPath}"`);
    const { code, stderr } = await workshop.launch(OLD_NODE, [script()], {
      env: { PATH: `${bin}:/bin:/usr/bin` },
    }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(ONE_LINE);
  });

  it('says so in one line when the fetched one does not start', async () => {
    const bin = join(workshop.folder, 'broken');
    mkdirSync(bin);
    program(join(bin, 'npx'), 'echo /nonexistent/node');
    const { code, stderr } = await workshop.launch(OLD_NODE, [script()], {
      env: { PATH: `${bin}:/bin:/usr/bin` },
    }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Could not start \/nonexistent\/node: .*ENOENT\n$/);
  });
});

/** Starts a Node that is the first process as far as it can see, as it is in a container. */
const CONTAINED = ['--map-root-user', '--fork', '--pid', '--kill-child', process.execPath];
const canContain = spawnSync('unshare', [...CONTAINED, '-e', '0']).status === 0;

describe.skipIf(!canContain)('as the first process of a container', () => {
  const contained = (name: string, code: string) =>
    watch(spawn('unshare', [...CONTAINED, LAUNCHER, workshop.script(name, code)]));
  const numberInside = ({ pid }: ChildProcess) =>
    Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends by a %s that the script does not listen to', async (signal, code) => {
    const { child, said, ended } = contained(
      'deaf.mjs',
      `setInterval(() => {}, 60_000); console.log('ready');`,
    );
    await said('ready');
    process.kill(numberInside(child), signal);
    expect(await ended).toMatchObject({ code, stderr: '' });
  });

  it('leaves a signal to the script that listens to it', async () => {
    const { child, said, ended } = contained('listen first.mjs', LISTENER);
    await said('ready');
    process.kill(numberInside(child), 'SIGTERM');
    expect(await ended).toMatchObject({ code: 3, stdout: 'ready\nTERM after 0\n' });
  });
});

describe.skipIf(isWindows)('paperwire start', () => {
  /** Node says what it was started with before it reads the first file: a line a time. */
  function started(name: string, flags: readonly string[], env: Record<string, string> = {}): string[] {
    const seen = join(workshop.folder, `${name}.txt`);
    const line = "process.pid + ' ' + process.execArgv.join(' ') + '\\n'";
    const tell = workshop.script(
      `${name}.mjs`,
      `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(seen)}, ${line});`,
    );
    const command = [...flags, '--import', tell, LAUNCHER, 'start', '--help'];
    const { status, stderr } = spawnSync(process.execPath, command, {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    });
    expect([status, stderr]).toEqual([0, '']);
    return readFileSync(seen, 'utf8').trim().split('\n');
  }

  it('runs with the flags that save memory, in the process that was started', () => {
    const [first = '', second = '', ...more] = started('none given', []);
    expect(more).toEqual([]);
    expect(second.split(' ')[0]).toBe(first.split(' ')[0]);
    expect(second).toContain(' --max-semi-space-size=4 --heap-growing-percent=25 --import ');
  });

  it('keeps those that somebody gives', () => {
    const other = '--max-semi-space-size=16';
    expect(started('one given', [other]).at(-1)).toContain(` --heap-growing-percent=25 ${other} `);
    const last = started('one in the environment', [], { NODE_OPTIONS: other }).at(-1);
    expect(last).toContain(' --heap-growing-percent=25 --import ');
    expect(last).not.toContain('--max-semi-space-size');
  });
});
