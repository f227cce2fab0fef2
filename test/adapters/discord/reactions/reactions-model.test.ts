import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Message } from '../../../fakes/discord/index.ts';
import { type BotScene, eventually, openBot } from '../bot-scene.ts';

const TOPICS = { '🤖': 'agents', '🦾': 'robotics' } as const;
type Emoji = keyof typeof TOPICS;

/** Something that happens; `who`: one of three members. */
interface Event {
  kind: 'react' | 'unreact' | 'unfollow' | 'leave' | 'return';
  who: number;
  emoji: Emoji;
}

const events: fc.Arbitrary<Event> = fc.record({
  kind: fc.constantFrom<Event['kind']>('react', 'react', 'react', 'unreact', 'unfollow', 'leave', 'return'),
  who: fc.nat(2),
  emoji: fc.constantFrom<Emoji>('🤖', '🦾'),
});

/** What should be so: who stands on the panel, was seen there, and follows, by `who emoji`. */
function createModel() {
  const standing = new Set<string>();
  const seen = new Set<string>();
  const followed = new Set<string>();
  return {
    standing,
    followed,
    /** An emoji that appeared follows, one that disappeared takes it back; nothing else does anything. */
    look() {
      for (const one of standing) if (!seen.has(one)) followed.add(one);
      for (const one of seen) if (!standing.has(one)) followed.delete(one);
      seen.clear();
      for (const one of standing) seen.add(one);
    },
    topicsOf: (who: number) =>
      (Object.keys(TOPICS) as Emoji[])
        .filter((emoji) => followed.has(`${who} ${emoji}`))
        .map((emoji) => TOPICS[emoji]),
  };
}

/** Lives through what happens with a panel of its own; what is followed is compared after each step. */
async function live(scene: BotScene, panel: Message, sequence: readonly Event[]): Promise<void> {
  const people = [scene.ada, scene.bo, scene.grace] as const;
  const model = createModel();
  let isAway = false;

  async function happen({ kind, who, emoji }: Event): Promise<void> {
    const [person, name] = [people[who % 3] as (typeof people)[0], `${who} ${emoji}`];
    if (kind === 'react') {
      person.react(panel, emoji);
      model.standing.add(name);
    } else if (kind === 'unreact' && model.standing.delete(name)) person.unreact(panel, emoji);
    else if (kind === 'unfollow' && !isAway) {
      await person.slash(scene.channel, 'paper unfollow', { what: TOPICS[emoji] });
      model.followed.delete(name);
    } else if (kind === 'leave' && !isAway) {
      await scene.stop();
      isAway = true;
    } else if (kind === 'return' && isAway) await comeBack();
  }

  async function comeBack(): Promise<void> {
    await scene.start();
    isAway = false;
  }

  async function isAsExpected(): Promise<boolean> {
    const followed = await Promise.all(people.map(async (one) => (await scene.followed(one)).sort()));
    return followed.every((topics, who) => topics.join() === model.topicsOf(who).join());
  }

  for (const event of sequence) {
    await happen(event);
    if (isAway) continue;
    model.look();
    await eventually(isAsExpected);
  }
  if (isAway) await comeBack();
  model.look();
  await eventually(isAsExpected);
}

it('any sequence of emoji, absences and commands ends with what a simple model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(events, { minLength: 6, maxLength: 24 }), async (sequence) => {
      await using scene = await openBot();
      await live(scene, await scene.panel('agents,robotics'), sequence);
      expect(scene.fake.problems).toEqual([]);
    }),
    { numRuns: 40, seed: 11 },
  );
}, 60_000);
