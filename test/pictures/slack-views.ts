import { renderFeedForm } from '../../adapters/slack/forms/feed-form.ts';
import { firstValues } from '../../adapters/slack/forms/feed-options.ts';
import { topicChoices } from '../../adapters/slack/forms/topics.ts';
import type { HomeData } from '../../adapters/slack/home/read.ts';
import { renderHome } from '../../adapters/slack/home/render.ts';
import { renderWelcome } from '../../adapters/slack/welcome/welcome.ts';
import { WEEKDAYS } from '../../src/domain/calendar.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import { textsFor } from '../../src/texts/index.ts';
import { DAY, PAPERS } from './papers.ts';
import type { Scene } from './slack-preview.ts';

const AT = `${DAY}T08:00:00.000Z`;
/** The Monday after. */
const NEXT_AT = '2026-08-24T07:00:00.000Z';
const CHANNEL = 'C0123456789';
const TEXTS = textsFor('en');

const FEED = {
  id: 'k4t2m9',
  destination: { channel: CHANNEL },
  listing: 'daily' as const,
  time: '09:00',
  zone: 'Europe/Berlin',
  days: [...WEEKDAYS.slice(0, 5)],
  state: 'active' as const,
};

const HOME: HomeData = {
  topics: { data: [...BUILT_IN_TOPICS] },
  following: {
    data: {
      subscriptions: [
        ...['agents', 'robotics'].map((key) => ({ kind: 'topic' as const, key, label: key })),
        { kind: 'organization', key: 'allenai', label: 'Ai2' },
      ],
      digest: { feed: { ...FEED, quiet: { from: '22:00', to: '07:00' } }, nextDueAt: NEXT_AT },
    },
  },
  saved: {
    data: {
      total: 3,
      papers: PAPERS.slice(0, 3).map((paper) => ({ paperId: paper.id, savedAt: AT, paper })),
    },
  },
  page: 1,
  feeds: {
    data: [
      {
        feed: FEED,
        lastSlot: { day: DAY, state: 'posted', sentence: '10 papers.' },
        nextDueAt: NEXT_AT,
      },
    ],
  },
  deliveries: { data: [] },
  hasQuietHours: true,
  isManager: true,
};

const topics = await topicChoices(
  {
    run: async () => ({
      visibility: 'private',
      cards: [],
      outcome: 'done',
      data: BUILT_IN_TOPICS.map((topic) => ({ topic })),
    }),
  },
  {
    place: { platform: 'slack', workspace: 'T0123456789', channel: CHANNEL },
    member: { id: 'U0123456789', isManager: true },
  },
  AT,
);
const values = { ...firstValues({ channel: CHANNEL, zone: 'Europe/Berlin' }), topics: 'agents,robotics' };

/** What is no message of an edition: the form of a feed, the Home tab, the first message. */
export const SLACK_VIEWS: Readonly<Record<string, readonly Scene[]>> = {
  form: [
    {
      place: '# papers',
      shown: [{ view: renderFeedForm({ about: { channel: CHANNEL }, values, topics }, TEXTS) }],
    },
  ],
  home: [{ place: 'Paperwire · Home', shown: [{ view: renderHome(HOME, { stamp: AT }, TEXTS) }] }],
  welcome: [{ place: 'Paperwire · Messages', shown: [{ body: renderWelcome(TEXTS) }] }],
};
