import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../adapters/slack/cards/limits.ts';
import type { SlackPayload } from '../../../../adapters/slack/cards/payload.ts';
import { render } from '../../../../adapters/slack/cards/render.ts';
import type { ShownPaper } from '../../../contracts/adapter.ts';
import { checkMessage } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { readBlockKit } from '../../../slack-checks/schema.ts';
import { readShown, readText } from '../../../slack-checks/shown.ts';
import { itHoldsAnything } from '../../nasty-papers.ts';
import { aSlackText, slackEntries, withSigns } from './papers.ts';

const SEED = 20_261_126;
/** Each body takes the description some milliseconds: it is asked about every so many of them. */
const ASKED = 20;

let asked = 0;

/** The bodies as they would leave, each of them good and inert. */
function bodiesOf(messages: readonly SlackPayload[]): unknown[] {
  return messages.map(({ body }) => {
    asked += 1;
    const schema = asked % ASKED === 0 ? readBlockKit() : false;
    const problems = [...checkMessage(body, schema), ...checkInert(body)];
    if (problems.length > 0) throw new Error(`${problems.join('; ')}: ${JSON.stringify(body)}`);
    expect(JSON.stringify(body.blocks).length).toBeLessThanOrEqual(LIMITS.total);
    expect(body.text.length).toBeLessThanOrEqual(LIMITS.text);
    return body;
  });
}

/** A paper that stands alone has no number: what looks like one belongs to its title. */
function unnumbered({ number, title, ...rest }: ShownPaper): ShownPaper {
  return { ...rest, title: number === undefined ? title : `${number}. ${title}` };
}

describe('20,000 papers with everything that may be in them', () => {
  it('are checked against the description of Block Kit', ({ skip }) => {
    skip(!readBlockKit(), 'the description is not here');
    const body = { text: 'x', blocks: [{ type: 'divider', typo: 1 }] };
    expect(checkMessage(body).join()).toContain('additional properties');
  });

  itHoldsAnything({
    seed: SEED,
    entries: slackEntries,
    aText: aSlackText,
    anEmoji: fc.constantFrom('🤖', '👁️', '<:quokka:123456789012345678>', ':quokka:', ':+1:'),
    render,
    bodiesOf,
    readShown,
    readAlone: (body) => readShown(body).map(unnumbered),
    readText,
    titleLength: 60,
    withSigns,
    ping: 'S0123456789',
    isPanelWhole: true,
  });
});
