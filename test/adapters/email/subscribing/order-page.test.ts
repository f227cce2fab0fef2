import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { FILLED, open } from './world.ts';

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
