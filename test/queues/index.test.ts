import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { ConfigError, QueueError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { openQueue } from '../../src/queues/index.ts';

const DEPENDENCIES = { clock: systemClock, log: silentLog };
const SECRET = 'hunter2';

function open(url: string) {
  return openQueue(url, DEPENDENCIES);
}

describe('openQueue', () => {
  it('without a URL is in this process', async () => {
    expect((await openQueue(undefined, DEPENDENCIES)).isShared).toBe(false);
  });

  it.each([
    [`amqp://user:${SECRET}@host/`, 'there is no queue "amqp:"'],
    [`user:${SECRET}@host`, 'there is no queue "user:"'],
    [`//user:${SECRET}@host`, 'that is not a URL'],
    ['', 'that is not a URL'],
    [`redis://:${SECRET}@host/?prefix=a:b`, 'its prefix is to be a name'],
    [`postgres://user:${SECRET}@host/?schema=a"b`, 'its schema is to be a name'],
  ])('refuses %s', async (url, sentence) => {
    const refused = open(url);
    await expect(refused).rejects.toBeInstanceOf(ConfigError);
    await expect(refused).rejects.toThrow(`QUEUE_URL: ${sentence}`);
    await expect(refused).rejects.not.toThrow(SECRET);
  });

  it.each([`redis://:${SECRET}@127.0.0.1:1`, `postgres://user:${SECRET}@127.0.0.1:1/any`])(
    'tells that the server does not answer: %s',
    async (url) => {
      const refused = open(url);
      await expect(refused).rejects.toBeInstanceOf(QueueError);
      await expect(refused).rejects.toThrow("The queue's opening failed:");
      await expect(refused).rejects.not.toThrow(SECRET);
    },
  );
});

/** Opens the queue where no module of a name is found; prints how that ends. */
const WITHOUT = `
import { registerHooks } from 'node:module';
const [missing, url, index] = process.argv.slice(1);
registerHooks({
  resolve(name, context, next) {
    if (name !== missing) return next(name, context);
    throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});
const { openQueue } = await import(index);
await openQueue(url, {}).catch(({ code, message }) => console.log(code + ': ' + message));
`;

describe('a package that is not installed', () => {
  const { peerDependencies } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  const index = new URL('../../src/queues/index.ts', import.meta.url).href;

  it.each([
    ['bullmq', 'redis://127.0.0.1:1', ['bullmq', 'ioredis']],
    ['ioredis', 'rediss://127.0.0.1:1', ['bullmq', 'ioredis']],
    ['pg', 'postgresql://127.0.0.1:1/any', ['bullmq', 'pg']],
  ])('%s is asked for', (missing, url, packages) => {
    const args = ['--input-type=module', '-e', WITHOUT, missing, url, index];
    const said = execFileSync(process.execPath, args, { encoding: 'utf8' });
    const wanted = packages.map((name) => `${name}@${peerDependencies[name]}`).join(' ');
    expect(said).toBe(
      `config: QUEUE_URL: it needs packages that are not installed: npm install --no-save --save-prod --omit=dev ${wanted}\n`,
    );
  });
});
