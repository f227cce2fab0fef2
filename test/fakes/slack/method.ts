import { Refusal } from './refusal.ts';
import type { Channel, Installation, Shape, Team, User, World } from './state.ts';

/** One call of the Web API. */
export interface Call {
  world: World;
  args: Shape;
  /** Whose token it is; throws where a method asks for none. */
  installation: Installation;
  team: Team;
  bot: User;
}

/** `message` is paced by channel and workspace, `history` as tier 3 or once a minute. */
export type Tier = 1 | 2 | 3 | 4 | 'message' | 'history' | 'free';

export interface Method {
  name: string;
  tier: Tier;
  /** Default `bot`. */
  token?: 'bot' | 'app' | 'none';
  /** Each is needed; those that hang on the channel are asked for by the method itself. */
  scopes?: readonly string[];
  /** Every argument that it has; others are noted as problems. */
  args: readonly string[];
  run(call: Call): Shape;
}

export function textArg({ args }: Pick<Call, 'args'>, name: string): string {
  const value = args[name];
  return value === undefined || value === null ? '' : String(value);
}

export function flagArg(call: Pick<Call, 'args'>, name: string): boolean {
  return ['true', '1'].includes(textArg(call, name));
}

export function numberArg(call: Pick<Call, 'args'>, name: string, usual: number): number {
  const text = textArg(call, name);
  return text === '' ? usual : Number(text);
}

/** Refuses where the token lacks a scope. */
export function demandScope({ installation: { scopes } }: Call, needed: string): void {
  if (!scopes.has(needed)) throw new Refusal('missing_scope', { needed, provided: [...scopes].join(',') });
}

const KINDS = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;

/** The scope that a kind of channel needs: `channels:read`. */
export function scopeFor({ kind }: Pick<Channel, 'kind'>, verb: 'read' | 'history'): string {
  return `${KINDS[kind]}:${verb}`;
}

/** A channel that the bot can see: a public one, or one that it is in. Refuses where it lacks the scope. */
export function visibleChannel(call: Call, verb?: 'read' | 'history'): Channel {
  const id = textArg(call, 'channel');
  const channel = call.team.channels.get(id);
  const isSeen =
    channel && !channel.isDeleted && (channel.kind === 'public' || channel.members.has(call.bot.id));
  if (!isSeen) {
    const kinds = Object.values(KINDS).map((kind) => `${kind}:${verb}`);
    const hasAny = verb === undefined || kinds.some((scope) => call.installation.scopes.has(scope));
    if (!hasAny) demandScope(call, kinds.join(','));
    throw new Refusal('channel_not_found');
  }
  if (verb) demandScope(call, scopeFor(channel, verb));
  return channel;
}

/** A page of a list, as cursors cut it; the cursor is where it goes on. */
export function page<Item>(
  call: Call,
  all: readonly Item[],
  { usual, most }: { usual: number; most: number },
): { items: readonly Item[]; response_metadata: { next_cursor: string } } {
  const cursor = textArg(call, 'cursor');
  const [, digits] = /^from:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  if (cursor !== '' && digits === undefined) throw new Refusal('invalid_cursor');
  const from = Number(digits ?? 0);
  const wanted = numberArg(call, 'limit', usual);
  if (!Number.isInteger(wanted) || wanted < 1) throw new Refusal('invalid_limit');
  const limit = Math.min(wanted, most);
  const next = from + limit < all.length ? Buffer.from(`from:${from + limit}`).toString('base64') : '';
  return { items: all.slice(from, from + limit), response_metadata: { next_cursor: next } };
}
