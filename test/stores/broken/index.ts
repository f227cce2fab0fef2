import { ALARMS } from './alarms.ts';
import { ARCHIVE } from './archive.ts';
import { CHANGES } from './changes.ts';
import { CLAIMS } from './claims.ts';
import { CONSIDERED } from './considered.ts';
import { DELIVERIES } from './deliveries.ts';
import { FEEDS } from './feeds.ts';
import { FIGURES } from './figures.ts';
import { FORGET } from './forget.ts';
import { INSTALLATIONS } from './installations.ts';
import type { BrokenStore } from './kit.ts';
import { MAILBOXES } from './mailboxes.ts';
import { NOTICES } from './notices.ts';
import { PANELS } from './panels.ts';
import { PEOPLE } from './people.ts';
import { SLOTS_AND_PLANS } from './plans.ts';
import { REACTIONS } from './reactions.ts';
import { READING } from './reading.ts';
import { TIME } from './time.ts';
import { TOPICS } from './topics.ts';
import { TRANSFER } from './transfer.ts';
import { WORKSPACES } from './workspaces.ts';

/** Stores that each break one promise; every case of the contract is there for one of them at least. */
export const BROKEN_STORES: readonly BrokenStore[] = [
  ...READING,
  ...CLAIMS,
  ...FEEDS,
  ...CHANGES,
  ...SLOTS_AND_PLANS,
  ...CONSIDERED,
  ...DELIVERIES,
  ...FIGURES,
  ...NOTICES,
  ...ALARMS,
  ...ARCHIVE,
  ...PEOPLE,
  ...TOPICS,
  ...WORKSPACES,
  ...PANELS,
  ...REACTIONS,
  ...INSTALLATIONS,
  ...MAILBOXES,
  ...FORGET,
  ...TRANSFER,
  ...TIME,
];
