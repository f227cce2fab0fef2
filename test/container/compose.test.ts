import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ENV_FILE, list, type Mapping, mapping, rootFile, services } from './compose.ts';
import { readYaml } from './yaml.ts';

const POSTGRES = ['compose.yaml'] as const;
const REDIS = ['compose.yaml', 'compose.redis.yaml'] as const;
const SETS = [POSTGRES, REDIS];
const BOTS = ['gateway', 'worker'];
/** All that config.ts reads. */
const KNOWN = new Set([
  ...['config', 'config/discord', 'config/slack', 'config/email']
    .map((name) => rootFile(`src/${name}.ts`))
    .flatMap((text) => Array.from(text.matchAll(/'([A-Z][A-Z_]+[A-Z])'/g), ([, name]) => name)),
]);

const serviceOf = (name: string, files: readonly string[]): Mapping => mapping(services(...files).get(name));
const environmentOf = (service: Mapping) =>
  Object.fromEntries(
    Object.entries(mapping(service.environment)).map(([name, value]) => [name, String(value)]),
  );

describe.each(SETS.map((files) => ({ title: files.join(' and '), files })))('$title', ({ files }) => {
  it('starts the bot in roles, by commands that it knows', () => {
    expect(list(serviceOf('gateway', files).command)).toEqual(['start', '--role', 'gateway']);
    const worker = serviceOf('worker', files);
    expect(list(worker.command)).toEqual(['start', '--role', 'worker']);
    expect(mapping(worker.deploy).replicas).toBe('2');
  });

  it.each(BOTS)(
    'gives a %s an environment that is right, and names no variable that nobody reads',
    (name) => {
      const environment = environmentOf(serviceOf(name, files));
      expect(Object.keys(environment).filter((variable) => !KNOWN.has(variable))).toEqual([]);
      const config = readConfig({ ...ENV_FILE, ...environment });
      expect(config).toMatchObject({
        storeUrl: `postgres://paperwire:${ENV_FILE.POSTGRES_PASSWORD}@postgres/paperwire`,
        http: { host: '0.0.0.0', port: 8787 },
        secretKey: ENV_FILE.SECRET_KEY,
      });
      expect(config.queueUrl).toContain(files === REDIS ? `${ENV_FILE.REDIS_PASSWORD}@redis` : '@postgres/');
    },
  );

  it.each(BOTS)(
    'starts a %s once what it needs answers, again when it ends, and gives it time to end',
    (name) => {
      const bot = serviceOf(name, files);
      const all = services(...files);
      const environment = environmentOf(bot);
      const hosts = ['STORE_URL', 'QUEUE_URL'].map((url) => new URL(environment[url] ?? '').hostname);
      expect(mapping(bot.depends_on)).toEqual(
        Object.fromEntries(hosts.map((host) => [host, { condition: 'service_healthy' }])),
      );
      for (const host of hosts) expect(mapping(all.get(host)), host).toHaveProperty('healthcheck.test');
      expect(bot).toMatchObject({
        restart: 'unless-stopped',
        stop_grace_period: '30s',
        env_file: '.env',
        read_only: 'true',
        tmpfs: ['/tmp'],
      });
    },
  );

  it('opens one port, and to this machine only', () => {
    const open = [...services(...files).entries()].filter(([, service]) => 'ports' in service);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['gateway', ['127.0.0.1:8787:8787']]]);
  });

  it('keeps the data of each server in a volume', () => {
    const volumes = new Set(files.flatMap((file) => Object.keys(mapping(readYaml(rootFile(file)).volumes))));
    const servers = [...services(...files).entries()].filter(([name]) => !BOTS.includes(name));
    expect(servers.map(([name]) => name)).toEqual([...volumes]);
    for (const [name, service] of servers) expect(list(service.volumes).join()).toMatch(`${name}:/`);
  });

  const compose = composeHere();
  it.skipIf(compose === undefined)('is taken by Docker Compose', () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperwire-compose-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const file of files)
      cpSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), join(folder, file));
    const lines = Object.entries(ENV_FILE).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(folder, '.env'), lines.join(''));
    const [program = '', ...args] = [...(compose ?? []), ...files.flatMap((file) => ['-f', file])];
    const { status, stderr } = spawnSync(program, [...args, 'config', '--quiet'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

/** How Docker Compose is called on this machine; undefined where it is not there. */
function composeHere(): string[] | undefined {
  const ways = [['docker', 'compose'], ['docker-compose']];
  return ways.find(([program = '', ...args]) => spawnSync(program, [...args, 'version']).status === 0);
}

it('Redis keeps every job: on the disk before it is answered, and nothing is thrown away', () => {
  const command = list(serviceOf('redis', REDIS).command).join(' ');
  for (const setting of ['--appendonly yes', '--appendfsync always', '--maxmemory-policy noeviction'])
    expect(command).toContain(setting);
});

describe('.env.example', () => {
  const named = new Set(Array.from(rootFile('.env.example').matchAll(/^#([A-Z_]+)=/gm), ([, name]) => name));

  it('names all that the compose files ask for, and all that config.ts reads', () => {
    const asked = REDIS.flatMap((file) =>
      Array.from(rootFile(file).matchAll(/\$\{(\w+)/g), ([, name]) => name),
    );
    expect([...asked, ...KNOWN].filter((name) => !named.has(name))).toEqual([]);
  });

  it('names nothing else', () => {
    const passwords = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD'];
    expect([...named].filter((name) => !KNOWN.has(name) && !passwords.includes(name ?? ''))).toEqual([]);
  });
});

describe('the reader of these tests', () => {
  it('reads mappings, lists, quotes, anchors and merges', () => {
    const text = 'x: &x\n  a: 1 # 2\n';
    expect(() => readYaml(text)).toThrow('Line 2');
    expect(
      readYaml('# c\nx: &x\n  a: [b, "c, d"]\n  e: "f: g"\ny:\n  <<: *x\n  h:\n    i: j:k\nz:\n'),
    ).toEqual({
      x: { a: ['b', 'c, d'], e: 'f: g' },
      y: { a: ['b', 'c, d'], e: 'f: g', h: { i: 'j:k' } },
      z: '',
    });
    expect(readYaml('a:\n  - b: c\n    d:\n      e: f\n  - "g: h"\ni: j\n')).toEqual({
      a: [{ b: 'c', d: { e: 'f' } }, 'g: h'],
      i: 'j',
    });
  });

  it.each([
    'a: 1\na: 2',
    'a:\n  - - b',
    'a: |',
    'a: *b',
    "a: 'b'",
    'a: [b',
    '  a: b',
    'a:\n    b: c\n  d: e',
  ])('does not take %j for anything else', (text) =>
    expect(() => readYaml(text)).toThrow('more than this reader knows'),
  );
});
