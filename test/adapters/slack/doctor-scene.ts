import { onTestFinished } from 'vitest';
import { type ExamineDependencies, examine, type Finding } from '../../../adapters/slack/doctor.ts';
import { createInstalling, type TokensConfig } from '../../../adapters/slack/installing/installing.ts';
import { NEEDED_SCOPES } from '../../../adapters/slack/installing/scopes.ts';
import { createAsk } from '../../../adapters/slack/posting/ask.ts';
import { createBudget } from '../../../adapters/slack/posting/budget.ts';
import { createCall } from '../../../adapters/slack/posting/call.ts';
import { createPlaces } from '../../../adapters/slack/posting/places.ts';
import type { Installations } from '../../../src/installations.ts';
import { silentLog } from '../../../src/log.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { type Channel, type FakeSlack, startSlack } from '../../fakes/slack/index.ts';

export const clock = createFakeClock('2026-11-23T09:00:00.000Z');
export let fake: FakeSlack;
export let channel: Channel;

export async function open(scopes: readonly string[] = NEEDED_SCOPES.map(({ name }) => name)): Promise<void> {
  fake = await startSlack({ clock, limits: false, scopes });
  const { stop } = fake;
  onTestFinished(() => stop());
  channel = fake.addChannel({ name: 'papers' });
}

export const PUBLIC_URL = 'https://papers.example.org';
const SECRET = '0123456789abcdef0123456789abcdef';
export const HTTP = { kind: 'http', signingSecret: SECRET } as const;

export const nobody: Installations = {
  get: async () => undefined,
  put: async () => {},
  remove: async () => false,
  alone: async (_workspace, work) => ({ done: await work() }),
};

type Given = Partial<
  Pick<ExamineDependencies, 'hearing' | 'publicUrl' | 'extras' | 'knock' | 'setUp' | 'known'>
> & {
  installations?: Installations;
};

export const parts = () => ({ call: createCall({ apiUrl: fake.apiUrl, clock, log: silentLog }) });

/** What the doctor says of a feed in the channel. */
export async function look(given: Given = {}): Promise<Finding[]> {
  const { call } = parts();
  const setUp: TokensConfig = given.setUp ?? { kind: 'one', botToken: fake.botToken };
  const installing = createInstalling({
    tokens: setUp,
    installations: given.installations ?? nobody,
    call,
    async onGone() {},
    onTrouble() {},
    clock,
    log: silentLog,
  });
  const { tokens } = installing;
  const keeping = installing.kind === 'many' ? installing.keeping : undefined;
  const ask = createAsk({ call, tokens, budget: createBudget({ clock }) });
  const places = createPlaces({ ask, tokens, clock });
  const destination = { platform: 'slack', workspace: channel.team.id, channel: channel.id } as const;
  return await examine([{ id: 'feed01', destination, layout: 'digest' }], {
    hearing: { kind: 'socket', appToken: fake.appToken },
    knock: async () => 401,
    known: async () => [],
    ...given,
    keeping,
    call,
    setUp,
    tokens,
    places,
    clock,
  });
}

export const sick = (findings: Finding[]) => findings.filter(({ state }) => state !== 'fine');
