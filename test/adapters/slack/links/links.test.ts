import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linkCard } from '../../../../adapters/slack/links/link-card.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { SourceUnavailableError } from '../../../../src/errors.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { type Message, messageText } from '../../../fakes/slack/index.ts';
import { aPaper, somePapers } from '../../../fixtures/papers.ts';
import { checkMessage } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { slackEntries } from '../cards/papers.ts';
import { AGENTS, eventually, openPeople, type PeopleScene } from '../people-scene.ts';

let scene: PeopleScene;
beforeEach(async () => {
  scene = await openPeople({ scopes: [...SCOPES] });
  await scene.store.archive(undefined, [{ paper: ARCHIVED, firstSeenAt: scene.clock.now(), listings: [] }]);
});
afterEach(async () => {
  const wrong = await scene.close();
  expect(wrong).toEqual([]);
});

const SCOPES = ['chat:write', 'users:read', 'channels:read', 'links:read', 'links:write'];
/** Shown without asking the source. */
const ARCHIVED = aPaper({ id: '2611.00009', title: 'A paper of the archive' });
const ABS = `https://arxiv.org/abs/${AGENTS.id}v2`;
const PAGE = `https://huggingface.co/papers/${AGENTS.id}`;

const say = (text: string, channel = scene.channel): Message => scene.ada.say(channel, text);
const unfurled = () => scene.fake.count('chat.unfurl');

/** Whatever was to come has come: another link, elsewhere, has its card. */
async function settle(): Promise<void> {
  const other = scene.fake.addChannel({ name: `other-${unfurled()}-${scene.fake.requests.length}` });
  const message = say(`https://arxiv.org/abs/${ARCHIVED.id}`, other);
  await eventually(() => message.unfurls.size === 1);
}

/** The single papers that the source is asked for from now on, in order. */
function asked(): string[] {
  const ids: string[] = [];
  const paper = scene.source.paper.bind(scene.source);
  scene.source.paper = async (id, options) => {
    ids.push(id);
    return await paper(id, options);
  };
  return ids;
}

describe('a link to a paper', () => {
  it.each([
    ABS,
    PAGE,
    `https://arxiv.org/pdf/${AGENTS.id}.pdf`,
    `https://hf.co/papers/${AGENTS.id}`,
    `https://arxiv.org/html/${AGENTS.id}v1`,
  ])('becomes a card: %s', async (link) => {
    const message = say(`look: ${link}`);
    await eventually(() => message.unfurls.size === 1);
    const text = messageText(message);
    for (const said of [AGENTS.title, 'Ada Lovelace', '▲ 20', 'Save', 'Similar'])
      expect(text).toContain(said);
  });

  it('is shown once in half an hour in a channel, by whatever link', async () => {
    const first = say(ABS);
    await eventually(() => first.unfurls.size === 1);
    const second = say(PAGE);
    await settle();
    expect(second.unfurls.size).toBe(0);
    scene.clock.advance(30 * MINUTE_MS);
    const third = say(PAGE);
    await eventually(() => third.unfurls.size === 1);
  });

  it('is shown once where one message names it twice', async () => {
    const message = say(`${ABS} and ${PAGE}`);
    await eventually(() => message.unfurls.size > 0);
    await settle();
    expect(message.unfurls.size).toBe(1);
  });

  it('is let be among three or more', async () => {
    const message = say(`${ABS} https://arxiv.org/abs/2610.00001 https://arxiv.org/abs/2610.00002`);
    await settle();
    expect(message.unfurls.size).toBe(0);
  });

  it('is let be where it leads to no paper', async () => {
    const message = say('https://huggingface.co/models');
    await settle();
    expect(message.unfurls.size).toBe(0);
  });

  it('is shown while it is still being written, and that counts for nothing', async () => {
    const { unfurlId } = scene.ada.compose(scene.channel, ABS);
    await eventually(() => unfurled() === 1);
    expect(scene.fake.requests.find(({ method }) => method === 'chat.unfurl')?.args).toMatchObject({
      unfurl_id: unfurlId,
      source: 'composer',
    });
    const message = say(ABS);
    await eventually(() => message.unfurls.size === 1);
  });

  it('stays a link where the source cannot be reached, and is shown once it can', async () => {
    const other = scene.fake.addChannel({ name: 'other' });
    const failure = { source: 'memory', way: 'api' };
    scene.source.fail(new SourceUnavailableError('The source is down.', failure));
    const first = say(ABS, other);
    await eventually(() => scene.isSaid('A command found the source closed') === 1);
    scene.source.fail(undefined);
    await settle();
    expect(first.unfurls.size).toBe(0);
    scene.clock.advance(MINUTE_MS);
    const second = say(ABS, other);
    await eventually(() => second.unfurls.size === 1);
  });

  it('stays a link where the scope is missing', async () => {
    scene.fake.fail('chat.unfurl', { kind: 'error', error: 'missing_scope' }, { times: 1 });
    say(ABS);
    await eventually(() => scene.isSaid('A link stays without its card') === 1);
    await settle();
    expect(scene.isSaid('What Slack told could not be done')).toBe(0);
  });

  it('is shown the next time where Slack surely did not take its card', async () => {
    scene.fake.fail('chat.unfurl', { kind: 'error', error: 'cannot_unfurl_url' }, { times: 1 });
    const first = say(ABS);
    await eventually(() => scene.isSaid('A link stays without its card') === 1);
    const second = say(PAGE);
    await eventually(() => second.unfurls.size === 1);
    const third = say(PAGE);
    await settle();
    expect([first.unfurls.size, third.unfurls.size]).toEqual([0, 0]);
  });

  it('is not shown a second time where its card may have come', async () => {
    scene.fake.fail('chat.unfurl', { kind: 'cut-after' }, { times: 1 });
    say(ABS);
    await eventually(() => scene.isSaid('A link stays without its card') === 1);
    const second = say(PAGE);
    await settle();
    expect(second.unfurls.size).toBe(0);
  });

  it('is let be in what we post ourselves', async () => {
    scene.fake.emit({
      type: 'link_shared',
      channel: scene.channel.id,
      user: scene.fake.team.bot.id,
      message_ts: '1764061200.000100',
      unfurl_id: 'C1.1.a',
      source: 'conversations_history',
      links: [{ domain: 'arxiv.org', url: ABS }],
      event_ts: '1764061200.000100',
      is_bot_user_member: true,
    });
    await settle();
    expect(unfurled()).toBe(1);
  });
});

describe('many links', () => {
  it('to papers of the archive are shown without asking the source', async () => {
    const ids = asked();
    const papers = somePapers('2609', new Array(30).fill(0));
    const firstSeenAt = scene.clock.now();
    await scene.store.archive(
      undefined,
      papers.map((paper) => ({ paper, firstSeenAt, listings: [] })),
    );
    const messages = papers.map(({ id }) => say(`https://arxiv.org/abs/${id}`));
    await eventually(() => messages.every(({ unfurls }) => unfurls.size === 1));
    expect(ids).toEqual([]);
  });

  it('to unknown papers ask the source once a minute', async () => {
    const ids = asked();
    const links = Array.from({ length: 250 }, (_, index) => `https://arxiv.org/abs/2401.${10_000 + index}`);
    for (const link of links) say(`${link} ${link.replace('2401', '2402')}`);
    await settle();
    await eventually(() => scene.fake.told.length === 251);
    expect(ids).toHaveLength(1);
    scene.clock.advance(MINUTE_MS);
    for (const link of links) say(link);
    await settle();
    await eventually(() => ids.length === 2);
  });
});

describe('the card under a link', () => {
  const texts = textsFor(undefined);

  it('keeps Slack’s limits and obeys nobody, whatever the paper says', () => {
    for (const entry of slackEntries(1000, 5)) {
      const options = { paper: entry.paper.id };
      const actions = ['save', 'similar', 'rate'].map((command) => ({ label: command, command, options }));
      const body = { text: 'x', blocks: linkCard({ kind: 'paper', entry, notes: [], actions }, texts) };
      expect([...checkMessage(body), ...checkInert(body)]).toEqual([]);
      expect(JSON.stringify(body)).not.toContain('rate|');
    }
  });

  it('counts authors rather than naming them all', () => {
    const authors = Array.from({ length: 40 }, (_, index) => ({ name: `Author ${index}` }));
    const entry = { number: 1, paper: aPaper({ id: AGENTS.id, title: 'A paper', authors }) };
    const shown = JSON.stringify(linkCard({ kind: 'paper', entry, notes: [] }, texts));
    expect(shown).toContain('Author 2 and 37 more');
  });
});
