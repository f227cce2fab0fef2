import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../../adapters/email/subscribing/address.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { DeliveryThrottledError, DeliveryUnavailableError, StoreError } from '../../../../src/errors.ts';
import { type Answer, FILLED, NOW, ORDER, open, pathOf, share, type World } from './world.ts';

/** The form with other values in it. */
function filled(...others: (readonly [string, string])[]): (readonly [string, string])[] {
  const names = new Set(others.map(([name]) => name));
  return [...FILLED.filter(([name]) => !names.has(name)), ...others];
}

/** What of an answer anybody can see; the time of day is everybody's. */
function seen({ status, rawHeaders, text }: Answer) {
  const at = rawHeaders.findIndex((name) => name.toLowerCase() === 'date');
  return JSON.stringify([status, rawHeaders.filter((_, index) => index !== at && index !== at + 1), text]);
}

const unavailable = (mayHaveArrived: boolean) =>
  new DeliveryUnavailableError('Nobody answers.', { platform: 'email', channel: '@x', mayHaveArrived });

describe('the form', () => {
  it('asks for all that an order holds, each under its label', async () => {
    const { get } = await open();
    const { status, text, headers } = await get('/email');
    const page = load(text);
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(page('h1').text()).toBe('Papers by e-mail');
    for (const [name, value] of [
      ['address', ''],
      ['listing', 'daily'],
      ['time', '09:00'],
      ['zone', 'UTC'],
    ]) {
      const control = page(`[name=${name}]`);
      expect(page(`label[for=${control.attr('id')}]`).text(), name).not.toBe('');
      expect(control.val(), name).toBe(value);
    }
    expect(
      page('[name=listing] option')
        .toArray()
        .map((one) => one.attribs.value),
    ).toEqual(['daily', 'weekly', 'monthly']);
    const boxes = page('[name=about]').toArray();
    expect(boxes.map((one) => one.attribs.value)).toEqual(BUILT_IN_TOPICS.map(({ slug }) => slug));
    for (const [index, { emoji, name, meaning }] of BUILT_IN_TOPICS.entries()) {
      const id = boxes[index]?.attribs.id;
      expect(page(`label[for=${id}]`).text()).toBe(`${emoji} ${name}`);
      expect(page(`#${boxes[index]?.attribs['aria-describedby']}`).text()).toBe(meaning);
    }
    const zones = page('#zones option')
      .toArray()
      .map((one) => one.attribs.value);
    expect(zones).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin', 'Asia/Tokyo']));
    expect(new Set(zones).size).toBe(zones.length);
    expect(page('script')).toHaveLength(0);
  });

  it('comes back with a sentence beside what is wrong, and all that was typed', async () => {
    const { submit, posted } = await open();
    const answer = await submit('/email', [
      ['address', '"><b>Ada'],
      ['listing', 'hourly'],
      ['time', '25:00'],
      ['zone', 'Mars/Olympus'],
      ['about', 'agents'],
    ]);
    const page = load(answer.text);
    expect(answer.status).toBe(400);
    for (const [name, sentence] of [
      ['address', 'This is no e-mail address. Give one such as ada@example.org, without a name.'],
      ['listing', 'Choose one of these lists.'],
      ['time', 'This is no time of day. Write it as HH:MM, for example 08:00.'],
      ['zone', 'This is no time zone. Give one such as Europe/Berlin or UTC.'],
    ]) {
      const control = page(`[name=${name}]`);
      expect(control.attr('aria-invalid'), name).toBe('true');
      expect(page(`#${control.attr('aria-describedby')}`).text(), name).toBe(sentence);
    }
    expect(page('[autofocus]').attr('name')).toBe('address');
    expect([page('[name=address]').val(), page('[name=zone]').val()]).toEqual(['"><b>Ada', 'Mars/Olympus']);
    expect(page('[name=about][checked]').val()).toBe('agents');
    expect(page('b')).toHaveLength(0);
    expect(await posted()).toEqual([]);
  });

  it.each([
    ['nothing', '', 'application/x-www-form-urlencoded'],
    ['no form', '{"address":"ada@example.org"}', 'application/json'],
    ['a broken form', '--x\r\nContent-Disposition: form-data', 'multipart/form-data; boundary=x'],
    ['a form without a boundary', 'x', 'multipart/form-data'],
  ])('comes back for %s', async (_, body, type) => {
    const { post, url, posted } = await open();
    const answer = await post('/email', body, { origin: url, 'content-type': type });
    expect([answer.status, load(answer.text)('#address-fault').length]).toEqual([400, 1]);
    expect(await posted()).toEqual([]);
  });

  it('is taken from our own page alone, over http too', async () => {
    const { get, submit, url, posted } = await open();
    // With "no-referrer" a browser would send the origin "null".
    expect((await get('/email')).headers['referrer-policy']).toBe('same-origin');
    for (const origin of ['https://elsewhere.example', 'null'])
      expect((await submit('/email', FILLED, { origin })).status).toBe(403);
    expect(await posted()).toEqual([]);
    expect((await submit('/email', FILLED, { origin: url })).status).toBe(200);
    expect(await posted()).toHaveLength(1);
  });
});

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

describe('nobody learns who gets papers', () => {
  /** Puts an address into every state in which it can be. */
  const STATES: Record<string, (world: World, address: string) => Promise<void>> = {
    unknown: async () => {},
    subscribed: async ({ people }, address) => void (await people.subscribers.put(address, ORDER)),
    suspended: async ({ people }, address) => {
      const subscriber = await people.subscribers.put(address, ORDER);
      people.kept.set(address, { ...subscriber, state: 'suspended' });
    },
    complained: async ({ mailboxes }, address) =>
      void mailboxes.kept.set(address, { refusals: 0, blocked: 'complained', changedAt: NOW }),
    bounced: async ({ mailboxes }, address) =>
      void mailboxes.kept.set(address, { refusals: 3, blocked: 'bounced', changedAt: NOW }),
    limited: async ({ submit, posted }, address) => {
      const by = { 'x-forwarded-for': `198.51.100.${address.length}` };
      for (let times = 0; times < 3; times += 1) await submit('/email', filled(['address', address]), by);
      await posted();
    },
  };

  it('by an answer, which is the same to the byte whatever is known of the address', async () => {
    const names = Object.keys(STATES);
    const gate = { publicUrl: 'https://papers.example.org' };
    const worlds = new Map(
      await Promise.all(names.map(async (name) => [name, await open({ gate })] as const)),
    );
    const local = fc.string({ unit: fc.constantFrom(...'abcxyz019-_+'), minLength: 1, maxLength: 20 });
    const typed = fc.record({
      address: fc.oneof(
        local.map((name) => `${name}@example.org`),
        fc.constantFrom('ada@bücher.example', 'jörg@example.org', 'no address', 'a@b\r\nc', ''),
      ),
      time: fc.constantFrom('08:00', '23:59', 'late'),
      about: fc.subarray(['agents', 'video', 'nonsense']),
    });
    let clients = 0;
    await fc.assert(
      fc.asyncProperty(typed, async ({ address, time, about }) => {
        const chosen = about.map((one) => ['about', one] as const);
        const fields = [...filled(['address', address], ['time', time], ['about', 'code']), ...chosen];
        clients += 1;
        const by = { 'x-forwarded-for': `203.0.${clients}.1` };
        const answers = new Set<string>();
        for (const [name, world] of worlds) {
          await STATES[name]?.(world, readAddress(address) ?? address);
          answers.add(seen(await world.submit('/email', fields, by)));
        }
        expect(answers.size).toBe(1);
      }),
      { numRuns: 60, seed: 9 },
    );
    for (const [name, world] of worlds)
      expect((await world.posted()).length > 0, name).toBe(name !== 'complained');
  });

  it.each(Object.entries(STATES))('nor by what is done before the answer: %s', async (_, prepare) => {
    const world = await open();
    await prepare(world, 'ada@example.org');
    world.people.calls.length = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const { get } = world.mailboxes.mailboxes;
    world.mailboxes.mailboxes.get = async (address) => {
      await promise;
      return await get(address);
    };
    expect((await world.submit('/email', FILLED)).status).toBe(200);
    expect(world.people.calls).toEqual([]);
    resolve();
    await world.posted();
  });
});

describe('limits', () => {
  it('three letters a day to one address, whoever asks, in all processes; the answer stays the same', async () => {
    const shared = share();
    const [one, other] = await Promise.all([open({ shared }), open({ shared })]);
    const answers: string[] = [];
    for (const { submit } of [one, other, one, other, one])
      answers.push(seen(await submit('/email', FILLED)));
    expect(new Set(answers).size).toBe(1);
    expect([...(await one.posted()), ...(await other.posted())]).toHaveLength(3);
    shared.clock.advance(24 * 3_600_000);
    await other.submit('/email', FILLED);
    expect([...(await one.posted()), ...(await other.posted())]).toHaveLength(4);
  });

  it('however it is written', async () => {
    const { submit, posted } = await open();
    for (const address of ['ada@example.org', 'ADA@example.org', ' ada@EXAMPLE.org', 'Ada@Example.Org'])
      await submit('/email', filled(['address', address]));
    expect(await posted()).toHaveLength(3);
  });

  it('whatever tag stands behind it, which the letters keep', async () => {
    const { submit, posted } = await open();
    const tagged = ['ada+1@example.org', 'ada+2+x@example.org', 'ada@example.org', 'ada+3@example.org'];
    for (const address of [...tagged, 'bo+1@example.org'])
      await submit('/email', filled(['address', address]));
    expect((await posted()).map(({ to }) => to).sort()).toEqual(
      [...tagged.slice(0, 3), 'bo+1@example.org'].sort(),
    );
  });

  it('ten orders an hour of one client, known and unknown addresses alike', async () => {
    const { submit, posted, people } = await open();
    await people.subscribers.put('known0@example.org', ORDER);
    const address = (at: number) => (at % 2 === 0 ? `known${at}@example.org` : `other${at}@example.org`);
    for (let at = 0; at < 10; at += 1)
      expect((await submit('/email', filled(['address', address(at)]))).status, `${at}`).toBe(200);
    const refused = [
      await submit('/email', filled(['address', 'known0@example.org'])),
      await submit('/email', FILLED),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3500);
    }
    expect(refused[0]?.text).toBe(refused[1]?.text);
    expect(await posted()).toHaveLength(10);
    // What is no order counts for nothing, and is answered as ever.
    expect((await submit('/email', filled(['address', 'nothing']))).status).toBe(400);
  });

  it('a client behind a proxy is who the proxy says, and nobody else pays for them', async () => {
    const { submit } = await open({ gate: { publicUrl: 'https://papers.example.org' } });
    const by = (address: string, at: number) =>
      submit('/email', filled(['address', `a${at}@example.org`]), { 'x-forwarded-for': address });
    for (let at = 0; at < 10; at += 1) await by('203.0.113.5', at);
    expect((await by('203.0.113.5', 10)).status).toBe(429);
    expect((await by('203.0.113.6', 11)).status).toBe(200);
  });

  it('what is counted names nobody', async () => {
    const shared = share();
    const names: string[] = [];
    const { isFirst } = shared;
    shared.isFirst = async (what, withinMs) => {
      names.push(what);
      return await isFirst(what, withinMs);
    };
    const { submit, posted } = await open({ shared });
    await submit('/email', FILLED);
    await posted();
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(/^mail:to:[\w-]{43}:1$/);
  });
});
