import type { FeedStatus } from '../../src/abilities.ts';
import type { Alarm } from '../../src/domain/alarm.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import type { Check, HealthView, SourceStatus, StatusView } from '../../src/view.ts';
import { aFeed } from '../fixtures/feeds.ts';

export const NOW = '2026-11-24T12:00:00.000Z';

export const FEEDS: readonly FeedStatus[] = [
  {
    feed: aFeed({
      id: 'feed01',
      destination: { platform: 'discord', workspace: '1180000000000000001', channel: '1180000000000000002' },
      zone: 'Europe/Berlin',
    }),
    lastSlot: {
      feedId: 'feed01',
      day: '2026-11-24',
      dueAt: '2026-11-24T08:00:00.000Z',
      state: 'posted',
      sentence: '10 papers of Tuesday, 2026-11-24.',
      changedAt: '2026-11-24T08:00:03.000Z',
    },
    nextDueAt: '2026-11-25T08:00:00.000Z',
    openDeliveries: [],
  },
  {
    feed: aFeed({
      id: 'feed02',
      destination: { platform: 'slack', workspace: 'T0123456789', channel: 'C0123456789' },
      state: 'suspended',
      listing: 'weekly',
      days: ['mon'],
    }),
    lastSlot: {
      feedId: 'feed02',
      day: '2026-11-23',
      dueAt: '2026-11-23T09:00:00.000Z',
      state: 'incomplete',
      sentence: '1 of 2 messages did not arrive.',
      changedAt: '2026-11-23T09:00:05.000Z',
    },
    lastEdition: {
      feedId: 'feed02',
      day: '2026-11-16',
      dueAt: '2026-11-16T09:00:00.000Z',
      state: 'posted-so-far',
      sentence: '4 papers so far.',
      changedAt: '2026-11-16T09:00:05.000Z',
    },
    openDeliveries: [],
    alarm: {
      sentence: 'The channel is closed to the bot: invite it again.',
      raisedAt: '2026-11-23T09:00:05.000Z',
    },
  },
  { feed: aFeed({ id: 'feed03', state: 'paused' }), openDeliveries: [] },
];

export const DELIVERIES: readonly DeliveryStatus[] = [
  {
    id: 'feed02@2026-11-23#1',
    slotId: 'feed02@2026-11-23',
    position: 1,
    destination: { platform: 'slack', workspace: 'T0123456789', channel: 'C0123456789' },
    state: 'uncertain',
    reason: 'Slack did not answer in time, and the app may not look.',
    changedAt: '2026-11-23T09:00:05.000Z',
  },
  {
    id: 'feed02@2026-11-23#2',
    slotId: 'feed02@2026-11-23',
    position: 2,
    destination: { platform: 'slack', workspace: 'T0123456789', channel: 'C0123456789' },
    state: 'planned',
    changedAt: '2026-11-23T09:00:05.000Z',
  },
];

export const ALARMS: readonly Alarm[] = [
  {
    id: 'alarm/source/hugging-face/2026-11-24T07:00:00.000Z',
    subject: 'source/hugging-face',
    sentence: 'The list of 2026-11-24 was short for two hours.',
    raisedAt: '2026-11-24T07:00:00.000Z',
    clearedAt: '2026-11-24T09:00:00.000Z',
  },
  {
    id: 'alarm/feed/feed02/2026-11-23T09:00:05.000Z',
    subject: 'feed/feed02',
    feedId: 'feed02',
    sentence: 'The channel is closed to the bot: invite it again.',
    raisedAt: '2026-11-23T09:00:05.000Z',
  },
];

const SIZES = [48, 52, 44, 61, undefined, 39, 55, 12, 47, 58, 71, 50, 46, 33];

export const SOURCE: SourceStatus = {
  source: 'hugging-face',
  ways: [
    { way: 'api', readAt: '2026-11-24T11:58:00.000Z' },
    {
      way: 'hydration',
      readAt: '2026-11-20T09:00:00.000Z',
      failure: {
        at: '2026-11-23T09:00:00.000Z',
        isChangedShape: true,
        sentence: 'The page holds no list where it was.',
      },
    },
    { way: 'markup' },
  ],
  quota: [{ bucket: 'api', left: 412, resetsAt: '2026-11-24T12:04:00.000Z' }],
  volume: SIZES.map((size, index) => ({
    day: `2026-11-${String(index + 10).padStart(2, '0')}`,
    ...(size === undefined ? {} : { size }),
    usual: { from: 28, size: 48, to: 68 },
  })),
  lastReadAt: '2026-11-24T11:58:00.000Z',
};

export function aStatus(given: Partial<StatusView> = {}): StatusView {
  return {
    feeds: async ({ offset, limit }) => ({
      total: FEEDS.length,
      feeds: FEEDS.slice(offset, offset + limit),
    }),
    source: async () => SOURCE,
    subscribers: async () => 0,
    deliveries: async (limit) => ({
      counts: { planned: 1, sending: 0, refused: 0, uncertain: 1 },
      oldest: DELIVERIES.slice(0, limit),
    }),
    alarms: async (limit) => ALARMS.slice(0, limit),
    ...given,
  };
}

export const FINE: readonly Check[] = [
  { name: 'store', isFine: true, sentence: 'It reads and writes.' },
  { name: 'platform:discord', isFine: true, sentence: 'Connected.' },
];

export function aHealth(checks: readonly Check[] = FINE): HealthView {
  return { checks: async () => [...checks] };
}
