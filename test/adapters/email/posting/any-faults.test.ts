import { describe, expect, it } from 'vitest';
import { DeliveryUnavailableError } from '../../../../src/errors.ts';
import { type FakeMail, type Fault, STAGES } from '../../../fakes/mail/index.ts';
import { createRandom } from '../../../fakes/random.ts';
import { aLetter, setScene } from './scene.ts';

const MAILS = 200;
const SEEDS = [1, 2, 3, 4];

/** Everything that may go wrong, each with a chance of its own. */
function breakAnything(fake: FakeMail, seed: number): void {
  const random = createRandom(seed);
  const answers = [421, 451, 550].map((code): Fault => ({ kind: 'answer', code, text: 'It is broken' }));
  for (const stage of STAGES) {
    // Of what breaks while a body arrives nobody sees more than that it breaks.
    const faults: Fault[] = stage === 'body' ? [{ kind: 'drop' }] : [{ kind: 'drop' }, ...answers];
    if (stage === 'end') faults.push({ kind: 'drop', isKept: true });
    for (const fault of faults)
      fake.fail(stage, fault, { chance: random() * 0.06, seed: seed * 100 + faults.length });
  }
}

/** How often each mail arrived, by what its `Message-ID` was made of. */
function arrivals({ mails }: FakeMail): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { raw } of mails) {
    const id = /^Message-ID: <(.*)@example\.org>\r$/im.exec(raw.toString('latin1'))?.[1] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

describe('whatever goes wrong, and however often', () => {
  it.each(SEEDS)('no mail arrives twice, and what is said of each is true (seed %i)', async (seed) => {
    const { fake, post } = await setScene({ mail: { parses: false } });
    breakAnything(fake, seed);
    const outcomes = new Map<string, unknown>();
    const sent = Array.from({ length: MAILS }, async (_, index) => {
      const id = `mail-${seed}-${index}`;
      const outcome = await post.send(aLetter({ messageId: `<${id}@example.org>` })).then(
        () => 'sent',
        (error: unknown) => error,
      );
      outcomes.set(id, outcome);
    });
    await Promise.all(sent);
    const counts = arrivals(fake);
    for (const [id, outcome] of outcomes) {
      const count = counts.get(id) ?? 0;
      const isUnsure = outcome instanceof DeliveryUnavailableError && outcome.mayHaveArrived;
      if (isUnsure) expect(count).toBeLessThanOrEqual(1);
      else expect([id, outcome, count]).toEqual([id, outcome, outcome === 'sent' ? 1 : 0]);
    }
    const kinds = new Set([...outcomes.values()].map((one) => (one instanceof Error ? one.name : one)));
    expect(kinds.size).toBeGreaterThanOrEqual(4);
  });
});
