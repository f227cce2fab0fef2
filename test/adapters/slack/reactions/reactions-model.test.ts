import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../../../src/domain/calendar.ts';
import type { DeskMessage, ReactionEvent } from './desk.ts';
import { ADA, BO, GRACE, openReactions, type Scene } from './scene.ts';

const TOPICS = { robot_face: 'agents', mechanical_arm: 'robotics' } as const;
type Name = keyof typeof TOPICS;
const NAMES = Object.keys(TOPICS) as Name[];
const PEOPLE = [ADA, BO, GRACE] as const;

/**
 * Something that happens. Slack tells of a reaction at once, and what it told before again: at random, in any order, and
 * also of long ago. What happens while the bot is away is told later or never.
 */
type Step =
  | { kind: 'react' | 'unreact'; who: string; name: Name; isTold: boolean }
  | { kind: 'again'; which: number }
  | { kind: 'wait'; ms: number }
  | { kind: 'restart' };

const who = fc.constantFrom(...PEOPLE);
const name = fc.constantFrom(...NAMES);
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('react' as const), who, name, isTold: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('unreact' as const), who, name, isTold: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(SECOND_MS, MINUTE_MS, 5 * MINUTE_MS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

/** Lives through what happens; in the end all that was told has been told twice more, and everything looked at. */
async function live(scene: Scene, panel: DeskMessage, sequence: readonly Step[]): Promise<void> {
  const told: ReactionEvent[] = [];
  for (const step of sequence) {
    if (step.kind === 'wait') scene.clock.advance(step.ms);
    else if (step.kind === 'restart') await scene.away(() => {});
    else if (step.kind === 'again') {
      const event = told[step.which % Math.max(1, told.length)];
      if (event) await scene.tell(event);
    } else if (step.kind === 'react' || panel.reactions.get(step.name)?.has(step.who)) {
      const event = scene.desk[step.kind](panel, step.who, step.name);
      told.push(event);
      if (step.isTold) await scene.tell(event);
    }
  }
  // Slack tells until it is heard: the last word on each reaction comes sooner or later.
  for (const event of told.toReversed()) await scene.tell(event);
}

it('whatever Slack tells how often and in whatever order, people follow what stands there in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 30 }), async (sequence) => {
      await using scene = await openReactions();
      const panel = await scene.panel('agents,robotics');
      await live(scene, panel, sequence);
      for (const person of PEOPLE) {
        const standing = NAMES.filter((one) => panel.reactions.get(one)?.has(person));
        const followed = await scene.followed(person);
        expect(followed.toSorted()).toEqual(standing.map((one) => TOPICS[one]).toSorted());
      }
      expect(scene.lines.filter(({ level }) => level >= 40)).toEqual([]);
    }),
    { numRuns: 150, seed: 6 },
  );
}, 60_000);
