import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstSetup,
  readSetup,
  readSetupPress,
  renderSetup,
  SETUP_FIELDS,
  type Setup,
  withChoice,
} from '../../../../adapters/discord/welcome/setup.ts';
import { isZone } from '../../../../src/domain/calendar.ts';
import { LOCALES } from '../../../../src/domain/locale.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { checkMessage } from '../../../discord-checks/check.ts';
import { assertInert } from '../../../discord-checks/inert.ts';
import { allOf, componentsOf, optionsOf } from '../../../discord-checks/message.ts';

const HOME = '18446744073709551615';

const setups: fc.Arbitrary<{ setup: Setup; server: string; channels: { id: string; name: string }[] }> = fc
  .record({
    channels: fc.uniqueArray(
      fc.record({
        id: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
        name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
      }),
      { maxLength: 60, selector: ({ id }) => id },
    ),
    server: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
    topics: fc.subarray(BUILT_IN_TOPICS.map(({ slug }) => slug)),
    at: fc.nat(24),
  })
  .map(({ channels, server, topics, at }) => {
    const channel = channels[at]?.id;
    const setup = { ...firstSetup('de'), topics, ...(channel === undefined ? {} : { channel }) };
    return { setup, server, channels };
  });

describe.each(LOCALES)('the first message in %s', (locale) => {
  it('is a valid, inert message, whatever the server and its channels are called', () => {
    fc.assert(
      fc.property(setups, ({ setup, server, channels }) => {
        const body = renderSetup(setup, { home: HOME, server, channels }, locale);
        expect(checkMessage(body)).toEqual([]);
        assertInert(body);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('keeps what was chosen in itself', () => {
    fc.assert(
      fc.property(setups, ({ setup, server, channels }) => {
        const body = renderSetup(setup, { home: HOME, server, channels }, locale);
        const isShown = channels.length > 0;
        expect(readSetup(body.components)).toEqual(isShown ? setup : firstSetup(undefined));
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it('says so where there are more channels than can be chosen from', () => {
    const channels = Array.from({ length: 26 }, (_, index) => ({ id: `${index + 1}`, name: `c${index}` }));
    const say = (shown: typeof channels) => {
      const body = renderSetup(firstSetup('de'), { home: HOME, server: 'Lab', channels: shown }, locale);
      return allOf(componentsOf(body))
        .map(({ content }) => content ?? '')
        .join();
    };
    expect(say(channels)).toContain('25');
    expect(say(channels.slice(1))).not.toContain('25');
  });
});

it('offers zones and times that are there, and each field once', () => {
  const channels = [{ id: '1', name: 'papers' }];
  const body = renderSetup(firstSetup('de'), { home: HOME, server: 'Lab', channels });
  const selects = allOf(componentsOf(body)).filter(({ type }) => type === 3);
  expect(selects.map(({ custom_id: id }) => readSetupPress(String(id)))).toEqual(
    SETUP_FIELDS.map((part) => ({ part, home: HOME })),
  );
  const [, times, zones] = selects.map((one) => optionsOf(one).map(({ value }) => String(value)));
  expect(zones?.every(isZone)).toBe(true);
  expect(times?.every((time) => /^\d\d:\d\d$/.test(time))).toBe(true);
});

it.each(['de', 'en-US', 'zh-CN', 'ja', 'xx', undefined])('proposes a zone for servers in %s', (language) => {
  expect(isZone(firstSetup(language).zone)).toBe(true);
});

it('changes what was chosen and nothing else', () => {
  const before: Setup = { channel: '7', time: '09:00', zone: 'UTC', topics: ['agents'] };
  expect(withChoice(before, 'time', ['18:00'])).toEqual({ ...before, time: '18:00' });
  expect(withChoice(before, 'zone', [])).toEqual(before);
  expect(withChoice(before, 'topics', [])).toEqual({ ...before, topics: [] });
});

it('reads no press of anything else', () => {
  for (const id of ['setup:start', 'setup:start@', 'setup:end@1', 'follow|what?~mark', 'setup:start@1~x'])
    expect(readSetupPress(id)).toBeUndefined();
});
