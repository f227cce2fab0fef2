import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import type { Command, Option } from '../../../../src/command.ts';
import type { Channel, Role } from '../../../fakes/discord/index.ts';
import { somePapers } from '../../../fixtures/papers.ts';
import { openWorld } from '../../../world.ts';
import { openGateway } from '../gateway/gateway-scene.ts';

/** Of each command. */
const INVOCATIONS = 50;

type Value = string | number | boolean | Channel | Role;

/** Values as Discord's own client lets them through: of the option's type, within its bounds. */
function anyValue(
  { type, choices, min = -1000, max = 1000 }: Option,
  channel: Channel,
  role: Role,
): fc.Arbitrary<Value> {
  if (choices) return fc.constantFrom(...choices);
  switch (type) {
    case 'flag':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min, max });
    case 'channel':
      return fc.constant(channel);
    case 'role':
      return fc.constant(role);
    case 'text':
      return fc.oneof(
        fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }),
        fc.constantFrom(
          'agents',
          '2601.00001',
          'author:Someone',
          'UTC',
          '09:00',
          'mon,wed',
          '2026-W47',
          '||~@%',
          '@everyone',
        ),
        fc.constant('x'.repeat(6000)),
      );
    default:
      return type satisfies never;
  }
}

/** Some of a command's options, the required ones always. */
function optionsOf({ options }: Command, channel: Channel, role: Role) {
  const arbitraries = options.map((option) => {
    const value = anyValue(option, channel, role);
    return [option.name, option.isRequired ? value : fc.option(value, { nil: undefined })] as const;
  });
  return fc
    .record(Object.fromEntries(arbitraries))
    .map((given) => Object.entries(given).filter((entry): entry is [string, Value] => entry[1] !== undefined))
    .map((given) => Object.fromEntries(given));
}

describe('every command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s is answered whatever is said with it, in a server and in a direct message',
    async (name, command) => {
      const world = await openWorld('2026-11-25T12:00:00.000Z');
      world.source.set({ kind: 'daily', key: '2026-11-25' }, somePapers('2601', [5, 4, 3, 2, 1]));
      await using scene = await openGateway({ host: { run: world.host.run, complete: world.host.complete } });
      const { fake, guild, channel, ada, logged } = scene;
      const role = fake.addRole(guild, { name: 'Readers' });
      const given = fc.record({ options: optionsOf(command, channel, role), isDirect: fc.boolean() });
      const samples = fc.sample(given, { seed: 11, numRuns: INVOCATIONS });
      for (const { options, isDirect } of samples) {
        const isPossible = Object.values(options).every((value) => typeof value !== 'object');
        const place = isDirect && isPossible ? ada.dm() : channel;
        const answer = await ada.slash(place, `paper ${name}`, options);
        expect(answer.type, inspect(options, { depth: 0 })).toBeDefined();
        expect(answer.messages.length, inspect(options, { depth: 0 })).toBeGreaterThan(0);
      }
      await scene.gateway.stop();
      expect(logged(40)).toEqual([]);
      expect(logged(50)).toEqual([]);
      expect(fake.problems).toEqual([]);
      expect(fake.ownProblems).toEqual([]);
      await world.close();
    },
    60_000,
  );
});
