import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import type { Scene } from './scene.ts';
import { aLetter, errorOf, setScene } from './scene.ts';

/** Lets so many mails come to their end and no further, until the function that is given back is called. */
async function hold({ fake, post }: Pick<Scene, 'fake' | 'post'>, count: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  fake.fail('end', { kind: 'wait', until: promise }, { times: count });
  const sent = Array.from({ length: count }, () => post.send(aLetter()));
  await fake.until(() => fake.attempts.filter(({ stage }) => stage === 'end').length === count);
  return async () => {
    resolve();
    await Promise.all(sent);
  };
}

describe('connections', () => {
  it('carry one mail after the other', async () => {
    const { fake, post } = await setScene();
    for (let mails = 0; mails < 5; mails += 1) await post.send(aLetter());
    expect(fake.mails).toHaveLength(5);
    expect(fake.connections.opened).toBe(1);
  });

  it('are ten at the most, whatever is to be sent', async () => {
    const { fake, post } = await setScene();
    await Promise.all(Array.from({ length: 60 }, () => post.send(aLetter())));
    expect(fake.mails).toHaveLength(60);
    expect(new Set(fake.mails.map(({ parsed }) => parsed.messageId)).size).toBe(60);
    expect(fake.connections.opened).toBe(10);
  });

  it('carry a hundred mails, as servers want it, and then make room for another one', async () => {
    const { fake, post } = await setScene({ mail: { parses: false } });
    for (let mails = 0; mails < 101; mails += 1) await post.send(aLetter());
    expect(fake.connections.opened).toBe(2);
    await fake.until(() => fake.connections.open === 1);
    expect(fake.heard.filter((command) => command === 'QUIT')).toHaveLength(1);
  });

  it('let a mail wait until one is free', async () => {
    const scene = await setScene();
    const release = await hold(scene, 10);
    const next = scene.post.send(aLetter({ to: 'next@example.org' }));
    await release();
    await next;
    expect(scene.fake.mails.at(-1)?.to).toBe('next@example.org');
    expect(scene.fake.connections.opened).toBe(10);
  });

  it('send a mail away that waits too long, and it surely did not arrive', async () => {
    const scene = await setScene();
    const release = await hold(scene, 10);
    const sent = errorOf(scene.post.send(aLetter({ to: 'next@example.org' })));
    scene.clock.advance(15 * SECOND_MS);
    expect(await sent).toMatchObject({
      ...{ code: 'delivery-throttled', channel: '@next@example.org', retryAfterMs: 5 * SECOND_MS },
    });
    await release();
    expect(scene.fake.mails).toHaveLength(10);
  });

  it('let a mail go that waits and is given up', async () => {
    const scene = await setScene();
    const release = await hold(scene, 10);
    const stop = new AbortController();
    const sent = errorOf(scene.post.send(aLetter(), stop.signal));
    const reason = new Error('Stopped.');
    stop.abort(reason);
    expect(await sent).toBe(reason);
    await release();
    await scene.post.send(aLetter());
    expect(scene.fake.mails).toHaveLength(11);
  });

  it('are opened anew where the server has closed them meanwhile', async () => {
    const { fake, post } = await setScene();
    await post.send(aLetter());
    fake.dropAll();
    await fake.until(() => fake.connections.open === 0);
    await post.send(aLetter());
    expect(fake.mails).toHaveLength(2);
    expect(fake.attempts).toHaveLength(2);
  });

  it('are closed in the end, once what is under way is over, and opened again for the next mail', async () => {
    const scene = await setScene();
    const { fake, post } = scene;
    await post.send(aLetter());
    const release = await hold(scene, 2);
    const closed = post.close();
    await release();
    await closed;
    await fake.until(() => fake.connections.open === 0);
    expect(fake.mails).toHaveLength(3);
    await post.close();
    await post.send(aLetter());
    expect(fake.mails).toHaveLength(4);
  });

  it('are given up in the end where the server says nothing', async () => {
    const { fake, post, clock } = await setScene();
    const stop = new AbortController();
    fake.fail('end', { kind: 'hang' }, { times: 1 });
    const sent = errorOf(post.send(aLetter(), stop.signal));
    await fake.until(() => fake.attempts.at(0)?.stage === 'end');
    const closed = post.close();
    clock.advance(8 * SECOND_MS);
    await closed;
    stop.abort(new Error('Stopped.'));
    await sent;
  });
});

describe('whether the server lets us in', () => {
  it('is asked without a mail', async () => {
    const { fake, post, reports } = await setScene();
    await post.verify();
    expect(fake.attempts).toEqual([]);
    expect(reports).toEqual([undefined]);
    await fake.until(() => fake.connections.open === 0);
  });

  it('is no where the password is wrong', async () => {
    const { post, reports } = await setScene({ url: { login: 'paperwire:wrong' } });
    expect(await errorOf(post.verify())).toMatchObject({
      code: 'delivery-unavailable',
      mayHaveArrived: false,
    });
    expect(reports).toEqual([expect.stringContaining('does not take the user and the password of SMTP_URL')]);
  });
});
