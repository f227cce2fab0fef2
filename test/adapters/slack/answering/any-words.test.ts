import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import type { Command } from '../../../../src/command.ts';
import { somePapers } from '../../../fixtures/papers.ts';
import { openWorld } from '../../../world.ts';
import { ADA, BO, DIRECT, openAnswering, PAPERS } from './answering-scene.ts';

/** Of each command. */
const SAID = 40;

const someText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
  fc.constantFrom(
    'agents',
    '2601.00001',
    'author:Someone',
    'UTC',
    '09:00',
    'mon,wed',
    '2026-W47',
    '<#C0PAPERS|papers>',
  ),
  fc.constantFrom(
    '&lt;!channel&gt;',
    '<!channel>',
    '`code`',
    '*bold*',
    ':robot_face:',
    '@everyone',
    '"',
    '“ ”',
  ),
  fc.constant('x'.repeat(3000)),
);

/** Anything said with a command: its options, others, and words. */
function aLine({ name, options }: Command): fc.Arbitrary<string> {
  const part = fc.oneof(
    ...options.map((option) => someText.map((text) => `${option.name}:${text}`)),
    ...options.flatMap(({ name: option, choices = [] }) =>
      choices.map((one) => fc.constant(`${option}:${one}`)),
    ),
    someText,
  );
  return fc.array(part, { maxLength: 4 }).map((parts) => [name, ...parts].join(' '));
}

describe('every command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s is answered by messages that Slack takes, whatever is said with it',
    async (_, command) => {
      const world = await openWorld('2026-11-25T12:00:00.000Z');
      world.source.set({ kind: 'daily', key: '2026-11-25' }, somePapers('2601', [5, 4, 3, 2, 1]));
      const run = world.host.run;
      const scene = openAnswering({
        run: (invocation) => run({ ...invocation, at: world.clock.now() }),
        host: { complete: world.host.complete },
      });
      const lines = fc.sample(aLine(command), { seed: 7, numRuns: SAID });
      for (const [index, line] of lines.entries()) {
        const user = index % 2 === 0 ? ADA : BO;
        const { steps } = await scene.slash(line, { user, channel: index % 5 === 0 ? DIRECT : PAPERS });
        const isAnswered = steps.length > 1 || scene.forms.length > 0;
        expect(steps[0], inspect(line)).toBe('ack');
        expect(isAnswered, inspect(line)).toBe(true);
        expect(steps.length, inspect(line)).toBeLessThan(7);
        expect(scene.problems, inspect(line)).toEqual([]);
      }
      expect(scene.logged(40)).toEqual([]);
      expect(scene.logged(50)).toEqual([]);
      await world.close();
    },
    30_000,
  );
});
