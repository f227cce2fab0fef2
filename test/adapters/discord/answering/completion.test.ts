import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choicesOf } from '../../../../adapters/discord/answering/completion.ts';
import { hurried, openGateway } from '../gateway/gateway-scene.ts';
import { expectClean } from './interaction-scene.ts';

describe('suggestions', () => {
  it('keep Discord’s limits whatever is suggested', () => {
    const completion = fc.record({
      kind: fc.constant('paper' as const),
      label: fc.string({ maxLength: 250, unit: 'grapheme' }),
      value: fc.string({ maxLength: 130 }),
    });
    fc.assert(
      fc.property(fc.array(completion, { maxLength: 40 }), (completions) => {
        const choices = choicesOf(completions);
        expect(choices.length).toBeLessThanOrEqual(25);
        expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
        for (const { name, value } of choices) {
          expect(name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(100);
          expect(value.length).toBeLessThanOrEqual(100);
          expect(completions.map((one) => one.value)).toContain(value);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('stay in order, and a value that would have to be cut off is left out', () => {
    const long = `author:"${'x'.repeat(100)}"`;
    const given = ['agents', long, 'vision'].map((value) => ({
      kind: 'topic' as const,
      label: value,
      value,
    }));
    expect(choicesOf(given).map(({ value }) => value)).toEqual(['agents', 'vision']);
  });

  it('show the value where there is no label', () => {
    expect(choicesOf([{ kind: 'zone', label: ' ', value: 'UTC' }])).toEqual([{ name: 'UTC', value: 'UTC' }]);
  });
});

describe('what is being typed', () => {
  it('is completed', async () => {
    const asked: unknown[] = [];
    await using scene = await openGateway({
      host: {
        complete: async (typing) => {
          asked.push(typing);
          return [{ kind: 'zone', label: 'Europe/Berlin', value: 'Europe/Berlin' }];
        },
      },
    });
    const { channel, ada, guild } = scene;
    const answer = await ada.autocomplete(channel, 'paper feed add', 'zone', { zone: 'ber' });
    expect(answer.choices).toMatchObject([{ name: 'Europe/Berlin', value: 'Europe/Berlin' }]);
    const place = { platform: 'discord', workspace: guild.id, channel: channel.id };
    const member = { id: ada.id, isManager: true };
    expect(asked).toMatchObject([{ command: 'feed add', option: 'zone', typed: 'ber', place, member }]);
    expectClean(scene.fake);
  });

  it('has no suggestions while the store is down, nor when they take too long', async () => {
    let isDown = true;
    await using scene = await openGateway({
      host: {
        complete: () => (isDown ? Promise.reject(new Error('The disk is full.')) : new Promise(() => {})),
      },
      config: { clock: hurried },
    });
    const { channel, ada, logged } = scene;
    const down = await ada.autocomplete(channel, 'paper search', 'query', { query: 'a' });
    isDown = false;
    const slow = await ada.autocomplete(channel, 'paper search', 'query', { query: 'a' });
    expect([down.type, slow.type, down.choices, slow.choices]).toEqual([8, 8, [], []]);
    expect(logged(40)).toEqual(['There are no suggestions']);
  });
});
