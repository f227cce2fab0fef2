import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifest } from '../../../adapters/slack/manifest.ts';
import { createCall } from '../../../adapters/slack/posting/call.ts';
import { codeOf } from '../../../adapters/slack/posting/failures.ts';
import { systemClock } from '../../../src/clock.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { silentLog } from '../../../src/log.ts';
import {
  type Channel,
  type FakeSlack,
  type Message,
  type Person,
  startSlack,
} from '../../fakes/slack/index.ts';

const ALL = manifest({ mode: 'socket' }, { history: true, unfurl: true, files: true }).reasons.map(
  ({ scope }) => scope,
);

let fake: FakeSlack;
let ada: Person;
let open: Channel;
let hidden: Channel;
let said: Message;
beforeEach(async () => {
  fake = await startSlack({ limits: false, scopes: ALL });
  ada = fake.addPerson({ name: 'Ada' });
  open = fake.addChannel({ name: 'papers' });
  hidden = fake.addChannel({ name: 'secret', kind: 'private', members: [ada] });
  said = ada.say(open, 'https://arxiv.org/abs/2611.00001');
});
afterEach(async () => {
  await fake.stop();
});

type Question = { method: string; args: Record<string, Json> };

/** What this bot asks with each scope. */
const QUESTIONS: Readonly<Record<string, () => Question>> = {
  'chat:write': () => ({ method: 'chat.postMessage', args: { channel: open.id, text: 'Papers' } }),
  'reactions:read': () => ({
    method: 'reactions.get',
    args: { channel: open.id, timestamp: said.ts, full: true },
  }),
  'reactions:write': () => ({
    method: 'reactions.add',
    args: { channel: open.id, timestamp: said.ts, name: 'robot_face' },
  }),
  'im:write': () => ({ method: 'conversations.open', args: { users: ada.id } }),
  'users:read': () => ({ method: 'users.info', args: { user: ada.id, include_locale: true } }),
  'channels:read': () => ({ method: 'conversations.info', args: { channel: open.id } }),
  'groups:read': () => ({ method: 'conversations.info', args: { channel: hidden.id } }),
  'channels:join': () => ({ method: 'conversations.join', args: { channel: open.id } }),
  'channels:history': () => ({ method: 'conversations.history', args: { channel: open.id } }),
  'groups:history': () => ({ method: 'conversations.history', args: { channel: hidden.id } }),
  'im:history': () => ({ method: 'conversations.history', args: { channel: ada.dm().id } }),
  'links:write': () => ({
    method: 'chat.unfurl',
    args: {
      channel: open.id,
      ts: said.ts,
      unfurls: { 'https://arxiv.org/abs/2611.00001': { blocks: [{ type: 'divider' }] } },
    },
  }),
  'files:write': () => ({ method: 'files.getUploadURLExternal', args: { filename: 'saved.bib', length: 3 } }),
};

/** Slack's word for a refusal; undefined where it does what it is asked for. */
async function refusal({ method, args }: Question): Promise<string | undefined> {
  const call = createCall({ apiUrl: fake.apiUrl, clock: systemClock, log: silentLog });
  try {
    await call({ method, args, token: fake.botToken, channel: '' });
    return undefined;
  } catch (error) {
    return codeOf(error) ?? String(error);
  }
}

describe('the scopes that the manifest asks for', () => {
  it.each(Object.entries(QUESTIONS))('%s lets the bot do what nothing else does', async (scope, question) => {
    expect(await refusal(question())).toBeUndefined();
    fake.setScopes(
      fake.team,
      ALL.filter((one) => one !== scope),
    );
    expect(await refusal(question())).toBe('missing_scope');
  });

  it('links:read lets it hear of links', () => {
    const heard = () =>
      fake.told.filter(({ payload }) => JSON.stringify(payload).includes('link_shared')).length;
    const before = heard();
    ada.say(open, 'https://arxiv.org/abs/2611.00002');
    expect(heard()).toBe(before + 1);
    fake.setScopes(
      fake.team,
      ALL.filter((one) => one !== 'links:read'),
    );
    ada.say(open, 'https://arxiv.org/abs/2611.00003');
    expect(heard()).toBe(before + 1);
  });

  it('are these and no other', () => {
    // Without `commands` Slack shows no command to type, and there is nothing to refuse.
    expect([...ALL].sort()).toEqual([...Object.keys(QUESTIONS), 'commands', 'links:read'].sort());
  });
});
