import fc from 'fast-check';
import { commands } from '../commands/index.ts';
import type { Command, Option, OptionValue } from '../src/command.ts';
import type { Press } from '../src/press.ts';

function aValue({ type }: Option): fc.Arbitrary<OptionValue> {
  if (type === 'integer') return fc.integer();
  if (type === 'flag') return fc.boolean();
  return fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(' a~b|c=d?e%f+g ', '%zz', '', '&amp; <b>', 'a\nb'),
  );
}

/** Any of our commands with any of its options, whatever they say; also what is no text. */
export const aPress: fc.Arbitrary<Press> = fc.constantFrom(...commands).chain(({ name, options }: Command) =>
  fc
    .record(Object.fromEntries(options.map((option) => [option.name, aValue(option)])), {
      requiredKeys: [],
    })
    .map((given) => ({ command: name, options: given as Record<string, OptionValue> })),
);

/** What no press is read from. */
export const DAMAGED_PRESSES = [
  '',
  '~',
  'gone|paper=1',
  'show|paper=1|paper=2',
  'show|nothing=1',
  'show|paper?|paper?',
  'show|paper?|paper=1',
  'today|limit=ten',
  'today|limit=1e3',
  'save|remove=yes',
  'show|paper=%zz',
  'show|=',
  '|||',
  '__proto__|constructor=1',
] as const;
