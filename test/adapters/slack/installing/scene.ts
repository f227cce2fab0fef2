import { setImmediate } from 'node:timers/promises';
import type { SlackInstallation } from '../../../../adapters/slack/installing/installation.ts';
import { createKeeping } from '../../../../adapters/slack/installing/keeping.ts';
import { createLettingIn } from '../../../../adapters/slack/installing/letting-in.ts';
import { createManyTokens } from '../../../../adapters/slack/installing/many-tokens.ts';
import {
  createManyWorkspaces,
  type ManyWorkspaces,
} from '../../../../adapters/slack/installing/many-workspaces.ts';
import type { Call } from '../../../../adapters/slack/posting/call.ts';
import type { Host, KnownWorkspace } from '../../../../src/adapter.ts';
import { addMs, HOUR_MS, type Instant } from '../../../../src/domain/calendar.ts';
import type { Json } from '../../../../src/domain/delivery.ts';
import { StoreError } from '../../../../src/errors.ts';
import { createLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { DEAF_HOST } from '../../../fakes/deaf-host.ts';
import { createMemoryInstallations } from './memory-installations.ts';
import { refusedBy } from './refused-by.ts';

const START = '2026-11-23T09:00:00.000Z';
export const PUBLIC_URL = 'https://papers.example.org';
export const TEAM = 'T100';

interface FakeTeam {
  /** Tokens that count, and until when. */
  tokens: Map<string, Instant>;
  refreshToken: string;
  isInactive: boolean;
}

/** Slack as far as installing knows it: a refresh token is good for one renewal. */
function createFakeSlack(clock: { now(): string }) {
  const teams = new Map<string, FakeTeam>();
  const refused = new Map<string, Error>();
  const asked: string[] = [];
  let count = 0;
  /** What a test does while a question is under way. */
  const meanwhile: { of: (method: string) => Promise<void> } = { async of() {} };

  function give(id: string, team: FakeTeam): { token: string; refreshToken: string } {
    count += 1;
    const token = `token-${count}`;
    team.tokens.set(token, addMs(clock.now(), 12 * HOUR_MS));
    team.refreshToken = `refresh-${count}`;
    teams.set(id, team);
    return { token, refreshToken: team.refreshToken };
  }

  function renew({ refresh_token }: Call['args']): unknown {
    const [id, team] = [...teams].find(([, one]) => one.refreshToken === refresh_token) ?? [];
    if (!id || !team) throw refusedBy('invalid_refresh_token');
    const { token, refreshToken } = give(id, team);
    return { ok: true, access_token: token, refresh_token: refreshToken, expires_in: 43_200 };
  }

  function test(token = ''): unknown {
    const team = [...teams.values()].find(({ tokens }) => tokens.has(token));
    if (!team) throw refusedBy('token_revoked');
    if (team.isInactive) throw refusedBy('account_inactive');
    if ((team.tokens.get(token) ?? '') <= clock.now()) throw refusedBy('token_expired');
    return { ok: true };
  }

  return {
    asked,
    refused,
    meanwhile,
    /** Somebody lets the app in; a team that had it gets another token, and the first ones count no more. */
    install(id: string, user = 'U1'): SlackInstallation {
      const team = { tokens: new Map(), refreshToken: '', isInactive: false };
      const { token, refreshToken } = give(id, team);
      const expiresAt = Date.parse(addMs(clock.now(), 12 * HOUR_MS)) / 1000;
      return { team: { id }, user: { id: user }, bot: { token, userId: 'UBOT', refreshToken, expiresAt } };
    },
    uninstall: (id: string) => void teams.delete(id),
    setInactive(id: string, isInactive: boolean): void {
      Object.assign(teams.get(id) ?? {}, { isInactive });
    },
    /** Whether a token counts now. */
    takes(id: string, token: string): boolean {
      const team = teams.get(id);
      return team !== undefined && !team.isInactive && (team.tokens.get(token) ?? '') > clock.now();
    },
    has: (id: string) => teams.has(id),
    count: (method: string) => asked.filter((one) => one === method).length,
    async call({ method, args, token }: Call) {
      asked.push(method);
      const error = refused.get(method);
      if (error) throw error;
      const answer = async () => (method === 'auth.test' ? test(token) : renew(args));
      const [answered] = await Promise.allSettled([answer()]);
      await meanwhile.of(method);
      if (answered.status === 'rejected') throw answered.reason;
      return { data: answered.value, at: undefined, scopes: [] };
    },
  };
}

/** What the host keeps of workspaces. */
function createFakeWorkspaces() {
  const rows = new Map<string, KnownWorkspace>();
  const state = { isBroken: false };
  const check = () => {
    if (state.isBroken) throw new StoreError('write', { key: 'workspaces' });
  };
  const workspaces: Host['workspaces'] = {
    async joined({ workspace }) {
      check();
      const before = rows.get(workspace);
      rows.set(workspace, { workspace, hasUs: true, isGreeted: before?.isGreeted ?? false });
      return before ? (before.hasUs ? 'known' : 'back') : 'new';
    },
    async left({ workspace }) {
      check();
      const before = rows.get(workspace);
      if (before) rows.set(workspace, { ...before, hasUs: false });
    },
    present: async () => [],
    async greeted({ workspace }) {
      check();
      const before = rows.get(workspace);
      if (before) rows.set(workspace, { ...before, isGreeted: true });
    },
    known: async () => [...rows.values()],
  };
  return { rows, state, workspaces };
}

/** Several bots on one store, and a Slack. */
export function openScene() {
  const fake = createFakeClock(START);
  const clock = {
    ...fake,
    /** Others go on meanwhile. */
    async sleep(durationMs: number, signal?: AbortSignal) {
      await fake.sleep(durationMs, signal);
      await setImmediate();
    },
  };
  const slack = createFakeSlack(clock);
  const stored = createMemoryInstallations();
  const broken = { puts: false, reads: new Set<string>() };
  const installations: typeof stored = {
    ...stored,
    async get(workspace) {
      if (broken.reads.has(workspace.workspace))
        throw new StoreError('unsealing', { key: `installations:slack:${workspace.workspace}` });
      return await stored.get(workspace);
    },
    async put(workspace, installation) {
      if (broken.puts) throw new StoreError('write', { key: 'installations' });
      await stored.put(workspace, installation);
    },
  };
  const { rows, state, workspaces } = createFakeWorkspaces();
  const claims = new Map<string, Instant>();
  const greetings: string[] = [];
  const greeting = { fails: false };
  const troubles: (string | undefined)[] = [];
  const lines: { level: number; msg: string; workspace?: string }[] = [];
  const log = createLog({ level: 'debug', write: (line) => void lines.push(JSON.parse(line)) });
  const host: Host = {
    ...DEAF_HOST,
    workspaces,
    async isFirst(what, withinMs) {
      if ((claims.get(what) ?? '') > clock.now()) return false;
      claims.set(what, addMs(clock.now(), withinMs));
      return true;
    },
  };

  /** One bot. */
  function start() {
    const ending = new AbortController();
    const keeping = createKeeping({ installations, clock, log, random: () => 0.5 });
    let people: ManyWorkspaces | undefined;
    const onTrouble = (trouble: string | undefined) => void troubles.push(trouble);
    const given = { keeping, clock, log, onTrouble, call: slack.call };
    const many = createManyTokens({
      ...given,
      clientId: 'id',
      clientSecret: 'secret',
      publicUrl: PUBLIC_URL,
      onGone: async (...gone) => await people?.gone(...gone),
    });
    const bot = createManyWorkspaces({
      ...given,
      many,
      host,
      oauth: undefined,
      route() {},
      random: () => 0.5,
      signal: ending.signal,
      async greet(workspace, member) {
        if (greeting.fails) throw new Error('Slack cannot be reached.');
        greetings.push(`${workspace} ${member}`);
      },
    });
    people = bot;
    const { install } = createLettingIn({ keeping, workspaces, log });
    return { ...bot, many, keeping, install, stop: () => ending.abort(new Error('The bot stops.')) };
  }

  const where = (workspace: string) => ({ platform: 'slack', workspace }) as const;
  return {
    clock,
    slack,
    broken,
    rows,
    state,
    host,
    greetings,
    greeting,
    troubles,
    lines,
    start,
    /** What the store has of a workspace. */
    kept: async (workspace = TEAM) => (await stored.get(where(workspace))) as SlackInstallation | undefined,
    /** A workspace that has installed us, as if that were long ago. */
    async has(workspace = TEAM, user = 'U1'): Promise<SlackInstallation> {
      const installation = slack.install(workspace, user);
      await stored.put(where(workspace), installation as Json);
      await workspaces.joined(where(workspace));
      await workspaces.greeted(where(workspace));
      return installation;
    },
    installations,
  };
}
export type Scene = ReturnType<typeof openScene>;
