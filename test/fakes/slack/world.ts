import type { Clock } from '../../../src/clock.ts';
import type { SlackOptions } from './index.ts';
import type { Schemas } from './schemas.ts';
import { USUAL_SCOPES } from './scopes.ts';
import {
  createTimestamps,
  type Message,
  type MessageNews,
  type Shape,
  type Team,
  type World,
} from './state.ts';

/** A world with no workspace in it. */
export function createWorld(
  {
    limits = {},
    scopes = USUAL_SCOPES,
    rotatesTokens = false,
    unfurlDomains = ['arxiv.org', 'huggingface.co', 'hf.co'],
    editWindowMs = Number.POSITIVE_INFINITY,
  }: SlackOptions,
  given: {
    clock: Clock;
    now(): number;
    origin(): string;
    schemas: Schemas;
    problems: string[];
    notice(message: Message, what: MessageNews): void;
    changed(): void;
    tell(team: Team, event: Shape): void;
  },
): World {
  const { schemas, problems, ...rest } = given;
  const count = { last: 0 };
  const newId = (prefix: string) => `${prefix}${String(++count.last).padStart(10, '0')}`;
  return {
    ...rest,
    app: {
      id: newId('A'),
      appToken: 'xapp-1-loopback',
      signingSecret: 'loopback-signing-secret',
      clientId: '1234567890.0987654321',
      clientSecret: 'loopback-client-secret',
      verificationToken: 'loopback-verification',
    },
    newId,
    newTs: createTimestamps(given.now),
    teams: new Map(),
    installations: new Map(),
    refreshTokens: new Map(),
    codes: new Map(),
    views: new Map(),
    modals: new Map(),
    homes: new Map(),
    exchanges: [],
    ephemerals: [],
    files: new Map(),
    previews: new Map(),
    problem: (sentence) => void problems.push(sentence),
    check: (what, body, where) => schemas.check(what, body, where),
    scopes,
    rotatesTokens,
    unfurlDomains,
    editWindowMs,
    isCommercial: limits !== false && limits.history === 'commercial',
  };
}
