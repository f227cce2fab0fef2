import { randomUUID } from 'node:crypto';
import { REST } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isRegistered, keepRegistered } from '../../../../adapters/discord/answering/registration.ts';
import { registrationOf } from '../../../../adapters/discord/answering/registration-command.ts';
import { commands } from '../../../../commands/index.ts';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import { openStore } from '../../../../src/stores/index.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { startDiscord } from '../../../fakes/discord/index.ts';

type Described = {
  name?: string;
  value?: string;
  description?: string;
  description_localizations?: Record<string, string> | null;
  options?: Described[];
  choices?: Described[];
};

/** What Discord counts towards 8,000: names, descriptions and values, the longest translation of each. */
function size({
  name = '',
  value = '',
  description = '',
  options = [],
  choices = [],
  ...rest
}: Described): number {
  const texts = [description, ...Object.values(rest.description_localizations ?? {})];
  const own = name.length + value.length + Math.max(...texts.map(({ length }) => length));
  return [...options, ...choices].reduce((sum, one) => sum + size(one), own);
}

function every(described: Described): Described[] {
  return [described, ...[...(described.options ?? []), ...(described.choices ?? [])].flatMap(every)];
}

/** As Discord gives back what it was given: with ids and defaults, in an order of its own. */
function keptByDiscord(registered: ReturnType<typeof registrationOf>): Record<string, unknown>[] {
  return JSON.parse(JSON.stringify(registered))
    .toReversed()
    .map((command: Record<string, unknown>, index: number) => ({
      id: String(index),
      application_id: '5',
      version: '7',
      nsfw: false,
      dm_permission: true,
      name_localizations: null,
      description: '',
      ...command,
      contexts: [2, 0, 1],
    }));
}

describe('what we register', () => {
  const [paper, find] = registrationOf(commands) as Described[];

  it('holds every command of the list under one', () => {
    const names = (paper?.options ?? []).flatMap(({ name, options = [] }) =>
      isFamily(name) ? options.map((one) => `${name} ${one.name}`) : [name],
    );
    expect(names.toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
  });

  function isFamily(name: string | undefined): boolean {
    return commands.some((command) => command.name.startsWith(`${name} `));
  }

  it('stays within 8,000 characters and 25 options', () => {
    expect(size(paper ?? {})).toBeLessThanOrEqual(8000);
    for (const { options = [], choices = [] } of every(paper ?? {})) {
      expect(options.length).toBeLessThanOrEqual(25);
      expect(choices.length).toBeLessThanOrEqual(25);
    }
    expect(find?.name?.length).toBeLessThanOrEqual(32);
  });

  it('says in every language what each command and option does', () => {
    for (const { name, description, description_localizations: said } of every(paper ?? {})) {
      if (description === undefined) continue;
      expect(Object.keys(said ?? {}), name).toEqual(['de', 'zh-CN']);
      for (const text of [description, ...Object.values(said ?? {})]) {
        expect(text.length, name).toBeGreaterThan(0);
        expect(text.length, name).toBeLessThanOrEqual(100);
      }
    }
  });

  it('has each option as its kind', () => {
    const options = every(paper ?? {}).toReversed();
    const kinds = Object.fromEntries(options.map((one) => [one.name, one]));
    expect(kinds).toMatchObject({
      limit: { type: 4, min_value: 1, max_value: 50 },
      query: { type: 3, required: true, autocomplete: true },
      channel: { type: 7, channel_types: [0, 5, 10, 11, 12, 15] },
      role: { type: 8 },
      'say-nothing-new': { type: 5 },
      layout: {
        type: 3,
        choices: [
          { name: 'digest', value: 'digest' },
          { name: 'cards', value: 'cards' },
        ],
      },
    });
  });

  it('is usable everywhere', () => {
    for (const command of [paper, find])
      expect(command).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] });
  });
});

describe('what is registered', () => {
  it('is the same however Discord writes it', () => {
    expect(isRegistered(keptByDiscord(registrationOf(commands)), commands)).toBe(true);
  });

  it('differs by a word, a translation, an option, a choice, and by a command more', () => {
    const change = (from: RegExp, to: string) =>
      JSON.parse(JSON.stringify(keptByDiscord(registrationOf(commands))).replace(from, to));
    for (const [from, to] of [
      [/Show one paper whole/, 'Show a paper'],
      [/"zh-CN":"[^"]+"/, '"zh-CN":"x"'],
      [/"max_value":50/, '"max_value":49'],
      [/"value":"cards"/, '"value":"card"'],
      [/"required":true/, '"required":false'],
      [/"autocomplete":true/, '"autocomplete":false'],
    ] as const) {
      const other = change(from, to);
      expect(other).not.toEqual(keptByDiscord(registrationOf(commands)));
      expect(isRegistered(other, commands), String(from)).toBe(false);
    }
    const more = [
      ...keptByDiscord(registrationOf(commands)),
      { id: '1', type: 1, name: 'old', description: 'Old' },
    ];
    expect(isRegistered(more, commands)).toBe(false);
    expect(isRegistered([], commands)).toBe(false);
  });
});

describe('processes that start together', () => {
  /** `register`: begins a process, and resolves once the commands stand; `wake` lets those that wait go on. */
  async function openStart() {
    const clock = createFakeClock('2026-11-25T09:00:00.000Z');
    const fake = await startDiscord({ limits: false });
    const store = await openStore('memory:', { clock, log: silentLog });
    onTestFinished(async () => {
      await store.close();
      await fake.stop();
    });
    const waiting: (() => void)[] = [];
    const rest = new REST({ api: fake.url, retries: 0 }).setToken(fake.token);
    const given = {
      rest,
      clock: { ...clock, sleep: () => new Promise<void>((resolve) => void waiting.push(resolve)) },
      log: silentLog,
      random: () => 0.5,
      isFirst: (what: string, withinMs: number) => store.ledger.claim(what, randomUUID(), withinMs),
    };
    const register = (list = commands, signal = new AbortController().signal) =>
      keepRegistered(fake.applicationId, list, { ...given, signal });
    const wake = (afterMs: number) => {
      clock.advance(afterMs);
      for (const go of waiting.splice(0)) go();
    };
    return { fake, register, wake, waiting };
  }

  it('register the commands once, and the others look later whether they stand', async () => {
    const { fake, register, wake, waiting } = await openStart();
    const all = [register(), register(), register()];
    await all[0];
    await expect.poll(() => waiting.length).toBe(2);
    expect([fake.count('GET /**'), fake.count('PUT /**')]).toEqual([1, 1]);
    wake(15 * SECOND_MS);
    await all[1];
    await expect.poll(() => waiting.length).toBe(1);
    wake(15 * SECOND_MS);
    await Promise.all(all);
    expect([fake.count('GET /**'), fake.count('PUT /**')]).toEqual([3, 1]);
  });

  it('register them also where the first one has died over it', async () => {
    const { fake, register, wake, waiting } = await openStart();
    const ending = new AbortController();
    fake.fail('GET /**', { kind: 'status', status: 503 }, { times: 1 });
    void register(commands, ending.signal);
    const other = register();
    await expect.poll(() => waiting.length).toBe(2);
    ending.abort();
    wake(15 * SECOND_MS);
    await other;
    expect(fake.commands).not.toEqual([]);
  });

  it('of another version do not wait for those of this one', async () => {
    const { fake, register, waiting } = await openStart();
    await register();
    await register(commands.map((command) => ({ ...command, summary: 'Something new' })));
    expect(JSON.stringify(fake.commands)).toContain('Something new');
    expect(waiting).toEqual([]);
  });
});
