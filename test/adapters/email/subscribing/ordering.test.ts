import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { DeliveryThrottledError, DeliveryUnavailableError, StoreError } from '../../../../src/errors.ts';
import { filled, seen } from './order-scene.ts';
import { FILLED, NOW, ORDER, open, pathOf, share } from './world.ts';

const unavailable = (mayHaveArrived: boolean) =>
  new DeliveryUnavailableError('Nobody answers.', { platform: 'email', channel: '@x', mayHaveArrived });

describe('an order', () => {
  it('is answered at once, and its address is asked, with a link that holds all of it', async () => {
    const { submit, posted, links, people } = await open();
    const answer = await submit('/email', filled(['address', ' Ada@Example.ORG '], ['about', 'vision']));
    expect(answer.status).toBe(200);
    expect(load(answer.text)('.notice').text()).toBe(
      'If it can get mail, a message is on its way to ada@example.org; the link in it ends in two days.',
    );
    const [letter, ...others] = await posted();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ to: 'ada@example.org', payload: { form: 1, card: { kind: 'text' } } });
    expect([letter?.footer, letter?.links]).toEqual([undefined, undefined]);
    const { button } = letter?.payload ?? {};
    expect(links.read('confirm', pathOf(button?.url).split('/').at(-1) ?? '')).toMatchObject({
      address: 'ada@example.org',
      order: { ...ORDER, interests: [{ kind: 'topic', key: 'vision', label: 'Vision' }] },
    });
    expect(people.kept.size).toBe(0);
  });

  it('is answered before anything is looked up', async () => {
    const shared = share();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const get = () => promise;
    shared.mailboxes.mailboxes.get = get;
    const { submit, posted } = await open({ shared });
    expect((await submit('/email', FILLED)).status).toBe(200);
    resolve(undefined);
    expect(await posted()).toHaveLength(1);
  });

  it('may name several topics, or none for the whole list, and nothing that is not there', async () => {
    const { submit, posted, links } = await open();
    const several = FILLED.filter(([name]) => name !== 'about');
    await submit('/email', [
      ...several,
      ['about', 'video'],
      ['about', 'agents'],
      ['about', 'author:Ada'],
      ['about', '__proto__'],
    ]);
    await submit('/email', several);
    const orders = (await posted()).map(({ payload }) =>
      links.read('confirm', pathOf(payload.button?.url).split('/').at(-1) ?? ''),
    );
    const keys = orders.map((read) =>
      typeof read === 'object' ? read.order.interests.map(({ key }) => key) : read,
    );
    expect(keys.sort()).toEqual([[], ['agents', 'video']]);
  });

  it('for somebody who gets papers already brings them the way to change that, and changes nothing', async () => {
    const { submit, posted, people, links } = await open();
    await people.subscribers.put('ada@example.org', ORDER);
    await submit('/email', filled(['time', '22:00']));
    const [letter] = await posted();
    expect(letter?.links).toEqual(letter?.footer);
    expect(letter?.payload.button?.url).toBe(letter?.links?.manage);
    expect(links.read('manage', pathOf(letter?.links?.manage).split('/').at(-1) ?? '')).toMatchObject({
      address: 'ada@example.org',
    });
    expect(people.kept.get('ada@example.org')?.time).toBe(ORDER.time);
  });

  it('for somebody who called us unwanted brings nothing; for a mailbox that was not there it does', async () => {
    const { submit, posted, mailboxes } = await open();
    mailboxes.kept.set('ada@example.org', { refusals: 0, blocked: 'complained', changedAt: NOW });
    mailboxes.kept.set('bo@example.org', { refusals: 3, blocked: 'bounced', changedAt: NOW });
    await submit('/email', filled(['address', 'ada@example.org']));
    await submit('/email', filled(['address', 'bo@example.org']));
    expect((await posted()).map(({ to }) => to)).toEqual(['bo@example.org']);
  });

  it('is tried again where its letter surely did not arrive, and given up in the end', async () => {
    const { submit, posted, failures, clock, logged } = await open();
    const throttled = new DeliveryThrottledError('Later.', {
      platform: 'email',
      channel: '@x',
      retryAfterMs: 3_600_000,
    });
    failures.push(unavailable(false), throttled);
    await submit('/email', FILLED);
    expect(await posted()).toHaveLength(1);
    expect(clock.slept).toEqual([60_000, 3_600_000]);
    failures.push(unavailable(false), unavailable(false), unavailable(false));
    await submit('/email', filled(['address', 'bo@example.org']));
    expect(await posted()).toHaveLength(1);
    expect(logged).toEqual([['A letter to confirm was not sent', { code: 'delivery-unavailable' }]]);
  });

  it('is told in the log where the bot stops before it is tried again', async () => {
    const { submit, failures, clock, logged, subscribing } = await open();
    const begun = Promise.withResolvers<void>();
    clock.sleep = (_ms, signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        begun.resolve();
      });
    failures.push(unavailable(false));
    await submit('/email', FILLED);
    await begun.promise;
    await subscribing.stop();
    expect(logged).toEqual([['A letter to confirm was not sent', { code: 'delivery-unavailable' }]]);
  });

  it('is not tried again where it may have arrived', async () => {
    const { submit, posted, failures, clock } = await open();
    failures.push(unavailable(true));
    await submit('/email', FILLED);
    expect(await posted()).toEqual([]);
    expect(clock.slept).toEqual([]);
  });

  it('is answered alike where the store is closed, and told in the log without the address', async () => {
    const shared = share();
    shared.mailboxes.mailboxes.get = () => Promise.reject(new StoreError('reading', { key: 'mailboxes:x' }));
    const broken = await open({ shared });
    const whole = await open();
    expect(seen(await broken.submit('/email', FILLED))).toBe(seen(await whole.submit('/email', FILLED)));
    await broken.posted();
    expect(broken.logged.map(([message]) => message)).toEqual(['Somebody asked for e-mail in vain']);
    expect(JSON.stringify(broken.logged)).not.toContain('ada@');
  });
});
