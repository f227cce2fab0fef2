import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiscordPayload } from '../../../../adapters/discord/cards/payload.ts';
import { stamp } from '../../../../adapters/discord/cards/press.ts';
import { render } from '../../../../adapters/discord/cards/render.ts';
import { checkMessage } from '../../../discord-checks/check.ts';
import { assertInert } from '../../../discord-checks/inert.ts';
import { readShown, readText } from '../../../discord-checks/read.ts';
import { sharedFolder } from '../../../shared.ts';
import { itHoldsAnything } from '../../nasty-papers.ts';
import { aText, nastyEntries } from './papers.ts';

const SEED = 20_261_125;
/** As long as a stamp can be. */
const STAMP = { mark: 'x'.repeat(25), home: '18446744073709551615' };

/** The bodies as they would leave, each of them good and inert. */
function bodiesOf(messages: readonly DiscordPayload[]): unknown[] {
  return messages.map(({ title, body }) => {
    expect(title).toMatch(/^\S(?:.{0,98}\S)?$/u);
    const stamped = { ...body, components: stamp(body.components, STAMP) };
    const problems = checkMessage(stamped);
    if (problems.length > 0) throw new Error(`${problems.join('; ')}: ${JSON.stringify(stamped)}`);
    assertInert(stamped);
    return stamped;
  });
}

describe('20,000 papers with everything that may be in them', () => {
  it('checks bodies against Discord’s own schema', ({ skip }) => {
    skip(!sharedFolder, 'the schema is not here');
    const body = {
      flags: 1 << 15,
      allowed_mentions: { parse: [] },
      components: [{ type: 1, components: [], typo: 1 }],
    };
    expect(checkMessage(body).join()).toContain('additional properties');
  });

  itHoldsAnything({
    seed: SEED,
    entries: nastyEntries,
    aText,
    anEmoji: fc.constantFrom(
      '🤖',
      '👁️',
      '<:quokka:123456789012345678>',
      '<a:moving:123456789012345678>',
      ':slack:',
    ),
    render,
    bodiesOf,
    readShown,
    readText,
    titleLength: 80,
  });
});
