import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnswering } from '../../../adapters/slack/answering/answering.ts';
import type { Told } from '../../../adapters/slack/gateway/told.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Channel } from '../../fakes/slack/index.ts';
import { openPeople, type PeopleScene } from './people-scene.ts';

const FEED = 'feed01';
const MANAGED = ['feed pause', 'feed resume', 'feed remove', 'feed run', 'feed show', 'feed preview'];

type Hook = 'onCommand' | 'onPress' | 'onSubmit';
interface Act {
  hook: Hook;
  body: object;
}

let scene: PeopleScene;
let outside: Channel;
let letThrough: string[];
let turnedAway: string[];

beforeEach(async () => {
  scene = await openPeople();
  outside = scene.fake.addChannel({ name: 'outside', hasBot: false });
  scene.fake.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
  await scene.give(scene.grace, 'feed add', { time: '09:00' });
  [letThrough, turnedAway] = [[], []];
  const run = scene.host.run.bind(scene.host);
  scene.host.run = async (invocation) => {
    const reply = await run(invocation);
    const command = scene.host.commands.find(({ name }) => name === invocation.command);
    const sentence = textsFor(invocation.locale).host.managersOnly(invocation.command);
    if (command?.audience === 'manager')
      (JSON.stringify(reply.cards).includes(JSON.stringify(sentence)) ? turnedAway : letThrough).push(
        command.name,
      );
    return reply;
  };
});
afterEach(async () => {
  await scene.close();
});

function modal(about: object): object {
  const channel = { 'form:channel': { type: 'conversations_select', selected_conversation: outside.id } };
  const time = { 'form:time': { type: 'timepicker', selected_time: '10:00' } };
  const private_metadata = JSON.stringify({ channel: scene.channel.id, ...about });
  return {
    id: 'V1',
    type: 'modal',
    callback_id: 'form:feed',
    private_metadata,
    state: { values: { channel, time } },
  };
}

const press = (action: object, where: object = {}): Act => ({
  hook: 'onPress',
  body: { type: 'block_actions', actions: [{ type: 'button', block_id: 'b', ...action }], ...where },
});
const home = (verb: string): Act =>
  press(
    { action_id: `home:${verb}`, value: FEED },
    { view: { id: 'V2', type: 'home', state: { values: {} } } },
  );
const onMessage = (action_id: string, value: string): Act =>
  press({ action_id, value }, { channel: { id: scene.channel.id }, container: { message_ts: '1.000001' } });
const typed = (text: string): Act => ({ hook: 'onCommand', body: { text, command: '/paper' } });

const ACTS: readonly [string, () => Act][] = [
  ['forms: a new feed', () => ({ hook: 'onSubmit', body: { type: 'view_submission', view: modal({}) } })],
  [
    'forms: a feed changed',
    () => ({ hook: 'onSubmit', body: { type: 'view_submission', view: modal({ id: FEED }) } }),
  ],
  ['forms: join and add', () => press({ action_id: 'form:join', value: 'join' }, { view: modal({}) })],
  [
    'forms: join and change',
    () => press({ action_id: 'form:join', value: 'join' }, { view: modal({ id: FEED }) }),
  ],
  ['forms: preview', () => press({ action_id: 'form:preview', value: FEED }, { view: modal({}) })],
  ['home: add', () => home('feed-add')],
  ['home: change', () => home('feed-edit:0')],
  ['home: pause', () => home('feed-pause:0')],
  ['home: resume', () => home('feed-resume:0')],
  ['home: preview', () => home('feed-preview:0')],
  ['home: post now', () => home('feed-run:0')],
  ['home: resend', () => home('delivery-resend:0')],
  ['home: dismiss', () => home('delivery-dismiss:0')],
  ['welcome: set up a feed', () => press({ action_id: 'setup:feed', value: 'feed' })],
  ['answering: feed add, typed bare', () => typed('feed add')],
  ['answering: feed edit, typed bare', () => typed('feed edit')],
  ['answering: feed add', () => typed('feed add time:10:00')],
  ['answering: topics add', () => typed('topics add name:x query:x')],
  ['answering: topics remove', () => typed('topics remove name:x')],
  ['answering: topics panel', () => typed('topics panel')],
  ['answering: delivery list', () => typed('delivery list')],
  ['answering: delivery resend', () => onMessage('press:0', 'delivery resend|id=x')],
  ['answering: delivery dismiss', () => onMessage('press:0', 'delivery dismiss|id=x')],
  ['answering: run what was meant', () => onMessage('run:0', 'feed add|time=10:00')],
  ['answering: post a panel here', () => onMessage('here:0', 'topics panel')],
  ['answering: join and add', () => onMessage('join:0', `feed add|channel=OUTSIDE|time=10:00`)],
  ['answering: join and resume', () => onMessage('join:0', `feed edit|id=${FEED}|channel=OUTSIDE`)],
  ...MANAGED.map((name): [string, () => Act] => [
    `answering: ${name}, typed`,
    () => typed(`${name} id:${FEED}`),
  ]),
];

async function done(by: { id: string }, { hook, body }: Act): Promise<void> {
  const team = { id: scene.fake.team.id, domain: 'lab' };
  const ids =
    hook === 'onCommand'
      ? { team_id: team.id, channel_id: scene.channel.id, user_id: by.id, api_app_id: 'A1' }
      : { team, user: { id: by.id, team_id: team.id } };
  const written = JSON.stringify({ trigger_id: '1.2.3', ...ids, ...body }).replaceAll('OUTSIDE', outside.id);
  const told: Told = { body: JSON.parse(written), ack: async () => {}, respond: async () => {} };
  const name = /"(?:action_id|callback_id)":"(\w+):/.exec(written)?.[1] ?? '';
  const isAnswers = !['form', 'home', 'setup'].includes(name);
  const hooks = isAnswers
    ? createAnswering({
        ...scene.dependencies,
        openFeedForm: scene.forms.open,
        postPanel: async () => undefined,
        upload: async () => {},
      })
    : scene.hooks;
  await hooks[hook](told);
}

const joins = () => scene.fake.count('conversations.join');
const forms = () =>
  scene.fake.requests.filter(({ args }) => JSON.stringify(args.view ?? '').includes('form:feed')).length;

describe('what only managers may do', () => {
  it.each(ACTS)('is not done for a member: %s', async (_, act) => {
    const before = await scene.feeds();
    await done(scene.ada, act());
    expect(letThrough).toEqual([]);
    expect(joins()).toBe(0);
    expect(await scene.feeds()).toEqual(before);
  });

  it.each(ACTS)('is done for a manager: %s', async (_, act) => {
    await done(scene.grace, act());
    expect(turnedAway).toEqual([]);
    expect(letThrough.length + joins() + forms()).toBeGreaterThan(0);
  });
});
