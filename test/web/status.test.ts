import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { openPages } from './pages.ts';
import { aStatus, FEEDS, FINE, SOURCE } from './status-fixture.ts';

describe('the status page', () => {
  it('says of each feed where and when it posts, what came last and what comes next', async () => {
    const { see } = openPages();
    const { $ } = await see('/status');
    const rows = $('section').eq(1).find('tbody tr').get();
    const cells = rows.map((row) =>
      $(row)
        .find('th > div, td > div')
        .get()
        .map((cell) => $(cell).text().replace(/\s+/g, ' ').trim()),
    );
    expect(cells).toEqual([
      [
        'feed01 discord, channel 1180000000000000002 workspace 1180000000000000001',
        'the daily list at 09:00 Europe/Berlin, Monday to Friday, up to 10 of each list',
        'active',
        'posted 2026-11-24 10 papers of Tuesday, 2026-11-24. 2026-11-24 08:00 UTC (3 h ago)',
        '2026-11-25 09:00 Europe/Berlin (2026-11-25 08:00 UTC, in 20 h)',
      ],
      [
        'feed02 slack, channel C0123456789 workspace T0123456789',
        'the weekly list at 09:00 UTC, Monday, up to 10 of each list',
        'suspended Alarm The channel is closed to the bot: invite it again. since 2026-11-23 09:00 UTC (1 d ago)',
        'incomplete 2026-11-23 1 of 2 messages did not arrive. 2026-11-23 09:00 UTC (1 d ago) Last posted: posted so far 2026-11-16 4 papers so far. 2026-11-16 09:00 UTC (8 d ago)',
        'not while it is not active',
      ],
      [
        'feed03 terminal, channel terminal workspace terminal',
        'the daily list at 09:00 UTC, Monday to Friday, up to 10 of each list',
        'paused',
        'nothing yet',
        'not while it is not active',
      ],
    ]);
  });

  it('says when a slot that waits looks again, and how many messages are not out', async () => {
    const [first] = FEEDS;
    if (!first?.lastSlot) throw new Error('The fixture has no slot.');
    const lookAgainAt = '2026-11-24T12:05:00.000Z';
    const waiting = { ...first.lastSlot, state: 'waiting' as const, lookAgainAt };
    const openDeliveries = (await aStatus().deliveries(2)).oldest;
    const feeds = [{ ...first, lastSlot: waiting, openDeliveries }];
    const { see } = openPages({ status: aStatus({ feeds: async () => ({ total: 1, feeds }) }) });
    const { main } = await see('/status');
    expect(main).toContain('looks again at 2026-11-24 12:05 UTC (in 5 min)');
    expect(main).toContain('2 not out');
  });

  it.each([
    [3, true, '3 subscribers get editions by e-mail.'],
    [1, false, '1 subscriber gets editions by e-mail.'],
    [0, true, '0 subscribers get editions by e-mail.'],
    [0, false, undefined],
  ])('says how many get editions by mail: %d, set up %s', async (count, hasMail, sentence) => {
    const status = aStatus({ subscribers: async () => count });
    const { $ } = await openPages({ status, hasMail }).see('/status');
    const said = $('section')
      .eq(1)
      .find('p')
      .get()
      .map((one) => $(one).text())
      .filter((one) => one.includes('subscriber'));
    expect(said).toEqual(sentence === undefined ? [] : [sentence]);
    expect($('main').text().includes('subscriber')).toBe(sentence !== undefined);
  });

  it('turns pages of feeds', async () => {
    const asked: unknown[] = [];
    const status = aStatus({
      async feeds(page) {
        asked.push(page);
        return { total: 120, feeds: [...FEEDS] };
      },
    });
    const { see } = openPages({ status });
    const { $ } = await see('/status?page=2');
    expect(asked).toEqual([{ offset: 50, limit: 50 }]);
    expect(
      $('nav.turn a')
        .get()
        .map((one) => $(one).attr('href')),
    ).toEqual(['/status#feeds', '/status?page=3#feeds']);
    expect((await see('/status?page=none', 404)).main).toContain('There is no page “none” here.');
  });

  it('says which messages are not out, why, and what a person can do', async () => {
    const { $, main } = await openPages().see('/status');
    expect(main).toContain('1 planned1 uncertain');
    const [uncertain, planned] = $('section').eq(2).find('tbody tr').get();
    expect($(uncertain).text()).toContain('Slack did not answer in time, and the app may not look.');
    expect($(uncertain).find('code').last().text()).toBe('paperwire delivery resend feed02@2026-11-23#1');
    expect($(planned).text()).not.toContain('paperwire');
  });

  it('says that all is out, that there is no feed and that there was no alarm', async () => {
    const status = aStatus({
      feeds: async () => ({ total: 0, feeds: [] }),
      deliveries: async () => ({ counts: { planned: 0, sending: 0, refused: 0, uncertain: 0 }, oldest: [] }),
      alarms: async () => [],
    });
    const { main } = await openPages({ status }).see('/status');
    expect(main).toContain('Everything is out.');
    expect(main).toContain('There is no feed yet.');
    expect(main).toContain('There has been none.');
  });

  it('shows alarms that are not over first', async () => {
    const { $ } = await openPages().see('/status');
    const rows = $('section').eq(3).find('tbody tr').get();
    expect(rows.map((row) => $(row).find('.state').text())).toEqual(['open', 'over']);
    expect($(rows[0]).text()).toContain('feed/feed02');
  });

  it('says how the ways into the source do, and what is left to ask', async () => {
    const { $, main } = await openPages().see('/status');
    const section = $('section').eq(4);
    const states = section.find('tbody').first().find('tr').get();
    expect(states.map((row) => $(row).find('td > div').first().text())).toEqual([
      'reads',
      'changed',
      'not tried yet',
    ]);
    expect(section.find('.notice.bad').text()).toContain('The way in “hydration” has changed its shape');
    expect(main).toContain('Left412Full again2026-11-24 12:04 UTC (in 4 min)');
  });

  it('draws how long the lists were, and says the same in a table', async () => {
    const { $ } = await openPages().see('/status');
    expect($('svg .band')).toHaveLength(14);
    expect($('svg .size')).toHaveLength(12);
    expect($('svg .short')).toHaveLength(1);
    expect($('svg desc').text()).toBe('71 papers at most, 12 at least. Fewer than usual on 2026-11-17.');
    const rows = $('details tbody tr')
      .get()
      .map((row) =>
        $(row)
          .find('div')
          .get()
          .map((cell) => $(cell).text()),
      );
    expect(rows[0]).toEqual(['Monday, 2026-11-23', '33', '48 (28 to 68)', 'usual']);
    expect(rows[3]).toEqual(['Friday, 2026-11-20', '71', '48 (28 to 68)', 'long']);
    expect(rows[6]).toEqual(['Tuesday, 2026-11-17', '12', '48 (28 to 68)', 'short']);
    expect(rows[9]).toEqual(['Saturday, 2026-11-14', 'never read', '48 (28 to 68)', 'unknown']);
  });

  it('draws each bar from the base, as high as its list is long', async () => {
    const { $ } = await openPages().see('/status');
    const base = Number($('svg .base').attr('y1'));
    const heights = $('svg .size, svg .short')
      .get()
      .map((bar) => {
        const [y, height] = [Number($(bar).attr('y')), Number($(bar).attr('height'))];
        expect(y + height).toBeCloseTo(base, 0);
        return height;
      });
    expect(Math.max(...heights)).toBe(150);
    expect(heights[0]).toBeCloseTo((150 * 48) / 71, 0);
  });

  it('stands without any list', async () => {
    const status = aStatus({ source: async () => ({ source: 'x', ways: [], quota: [], volume: [] }) });
    const { main } = await openPages({ status }).see('/status');
    expect(main).toContain('x: last read never yet.');
    expect(main).toContain('No list has been read yet.');
    const unread = SOURCE.volume.map(({ day, usual }) => ({ day, usual }));
    const none = aStatus({ source: async () => ({ ...SOURCE, volume: unread }) });
    const { $ } = await openPages({ status: none }).see('/status');
    expect($('svg desc').text()).toBe('None of these days has been read.');
  });

  it('says in a word whether all is well', async () => {
    expect((await openPages().see('/status')).main).toContain('Everything that the bot needs is there.');
    const wrong = { name: 'source', isFine: false, sentence: 'It is silent.' };
    const { main } = await openPages({ checks: [...FINE, wrong] }).see('/status');
    expect(main).toContain('1 of 3 things that the bot needs is not as it should be.');
    expect(main).toContain('It is silent.');
  });

  it('says of what cannot be read just that, and shows the rest', async () => {
    const closed = async () => Promise.reject(new StoreError('read', { message: 'secret detail' }));
    const { see, logged } = openPages({ status: aStatus({ feeds: closed, alarms: closed }) });
    const { $, text } = await see('/status');
    const parts = $('section')
      .get()
      .map((one) => $(one).find('.notice.bad').text());
    expect(parts.map((part) => part.startsWith('This cannot be read just now'))).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    expect($('svg')).toHaveLength(1);
    expect(text).not.toContain('secret detail');
    expect(logged.map(([, fields]) => fields?.part)).toEqual(['feeds', 'alarms']);
  });

  it('is no page at all where we are wrong', async () => {
    const status = aStatus({ alarms: async () => Promise.reject(new TypeError('wrong')) });
    await openPages({ status }).see('/status', 500);
  });

  it('is kept by nobody and found by no search engine', async () => {
    const { $, headers } = await openPages().see('/status');
    expect(headers.get('cache-control')).toBe('no-store');
    expect($('meta[name=robots]').attr('content')).toBe('noindex');
    expect($('link[rel=canonical]')).toHaveLength(0);
  });
});
