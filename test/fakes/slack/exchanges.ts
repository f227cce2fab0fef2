import { isObject } from '../../slack-checks/read.ts';
import { type Answer, answerOf, responseUrl, type Until } from './answer.ts';
import { edit, post, remove } from './messages.ts';
import { Refusal } from './refusal.ts';
import type { Outcome } from './sockets.ts';
import type { Channel, Exchange, Message, Shape, Team, User, View, World } from './state.ts';
import { closeView, openView, readView, showView, updateView } from './views.ts';

/** How often and how long an answer may be sent (docs.slack.dev/interactivity/handling-user-interaction, read 2026-11). */
const MOST_RESPONSES = 5;
const RESPONSE_LIFE_MS = 1_800_000;

/** What somebody does; everything else about it follows. */
export interface Deed {
  person: User;
  team: Team;
  kind: 'slash_commands' | 'interactive';
  channel?: Channel | undefined;
  source?: Message | View | undefined;
  threadTs?: string | undefined;
  /** Has a `response_url`. */
  isAnswerable: boolean;
  shape(exchange: Exchange, links: { response_url?: string; trigger_id: string }): Shape;
}

type Ask = (kind: Deed['kind'], team: Team, payload: Shape) => Promise<Outcome>;

/** Sends it to the bot; settles once that is acknowledged, or is not. */
export async function perform(world: World, ask: Ask, until: Until, deed: Deed): Promise<Answer> {
  const { person, team, channel, source, threadTs } = deed;
  const exchange: Exchange = {
    person,
    team,
    channel,
    source,
    threadTs,
    payload: {},
    startedAtMs: world.now(),
    responses: [],
    messages: [],
    errors: {},
    shown: 0,
    triggerId: `${world.newId('')}.${team.id}`,
    isTriggerUsed: false,
    responseToken: deed.isAnswerable ? world.newId('response-') : undefined,
    isOver: false,
  };
  world.exchanges.push(exchange);
  const url = responseUrl(world, exchange);
  exchange.payload = deed.shape(exchange, {
    trigger_id: exchange.triggerId,
    ...(url === undefined ? {} : { response_url: url }),
  });
  const outcome = await ask(deed.kind, team, exchange.payload);
  if (outcome.isAcked) {
    exchange.ackedAtMs = world.now();
    exchange.acked = outcome.response;
    takeAck(world, exchange, outcome.response);
  } else exchange.isOver = true;
  world.changed();
  return answerOf(world, exchange, until);
}

/** What an acknowledgement says: a message, or what becomes of a modal. */
function takeAck(world: World, exchange: Exchange, response: unknown): void {
  const { payload, source } = exchange;
  try {
    if (payload.type === 'view_submission')
      takeSubmission(world, exchange, isObject(response) ? response : {});
    else if (isObject(response) && (response.text !== undefined || response.blocks !== undefined)) {
      const isGood = world.check('message', messageOf(response), 'acknowledgement').length === 0;
      if (isGood && (source === undefined || payload.type === 'block_actions'))
        respond(world, exchange, response);
    }
  } catch (error) {
    // A view that is refused has been noted as a problem; the person sees that something went wrong.
    if (!(error instanceof Refusal)) throw error;
  }
}

function takeSubmission(world: World, exchange: Exchange, response: Shape): void {
  const view = exchange.source as View;
  view.errors = {};
  switch (response.response_action) {
    case 'errors':
      takeErrors(world, exchange, view, response.errors);
      break;
    case 'clear':
      closeView(world, view, true);
      break;
    case 'update':
      updateView(world, view, readView(world, response.view, 'modal', 'response_action update'));
      showView(world, view, exchange);
      break;
    case 'push': {
      const given = readView(world, response.view, 'modal', 'response_action push');
      showView(world, openView(world, view.person, view.team, given, view), exchange);
      break;
    }
    default:
      closeView(world, view);
  }
}

function takeErrors(world: World, exchange: Exchange, view: View, errors: unknown): void {
  const named = isObject(errors) ? Object.entries(errors) : [];
  if (named.length === 0) world.problem('response_action errors: none');
  for (const [block, sentence] of named) {
    const isField = view.blocks.some(({ type, block_id: id }) => type === 'input' && id === block);
    if (!isField) world.problem(`response_action errors: no field “${block}”`);
    if (typeof sentence !== 'string' || sentence === '')
      world.problem(`response_action errors: ${block} says nothing`);
  }
  exchange.errors = Object.fromEntries(named) as Record<string, string>;
  view.errors = exchange.errors;
  exchange.shown += 1;
}

/** Takes what came by a `response_url`; the word of a refusal, or undefined. */
export function takeResponse(world: World, token: string, body: unknown): string | undefined {
  const exchange = world.exchanges.find(({ responseToken }) => responseToken === token);
  if (!exchange) return 'no_service';
  if (world.now() - exchange.startedAtMs > RESPONSE_LIFE_MS) return 'expired_url';
  if (exchange.responses.length >= MOST_RESPONSES) return 'used_url';
  if (!isObject(body)) return 'invalid_payload';
  const isBare = body.delete_original === true;
  const wrong = isBare ? [] : world.check('message', messageOf(body), 'response_url');
  if (wrong.some((one) => one !== 'no text')) return 'invalid_blocks';
  exchange.responses.push(body);
  respond(world, exchange, body);
  return undefined;
}

function messageOf({ text, blocks, attachments }: Shape): Shape {
  return {
    text,
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

function respond(world: World, exchange: Exchange, body: Shape): void {
  const { channel, source, person, team } = exchange;
  const original = source && 'ts' in source ? source : exchange.messages.at(-1);
  if (body.delete_original === true && original) remove(world, original);
  else if (!channel) world.problem('response_url: there is no channel');
  else {
    const content = {
      text: String(body.text ?? ''),
      blocks: (body.blocks ?? []) as Shape[],
      attachments: (body.attachments ?? []) as Shape[],
    };
    const isReplaced = body.replace_original === true && original && !original.isDeleted;
    if (isReplaced) edit(world, original, content);
    const isPublic = body.response_type === 'in_channel';
    const threadTs = body.thread_ts === undefined ? exchange.threadTs : String(body.thread_ts);
    const message = isReplaced
      ? original
      : post(world, {
          channel,
          author: team.bot,
          content,
          ...(threadTs === undefined ? {} : { threadTs }),
          ...(isPublic ? {} : { onlyFor: person.id }),
        });
    if (!exchange.messages.includes(message)) exchange.messages.push(message);
  }
  exchange.shown += 1;
  world.changed();
}
