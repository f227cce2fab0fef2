import { checkCommands } from './check-commands.ts';
import { channelsOf, guildShape, ownGuildShape, threadsOf } from './guild-shapes.ts';
import { emptyDm } from './guilds.ts';
import { may } from './permissions.ts';
import { invalidForm, refusal } from './refusal.ts';
import { answer, bodyOf, type Call, done, parameter, type Route } from './route.ts';
import { threadList } from './routes-channel.ts';
import { channelShape, memberShape, roleShape, userShape } from './shapes.ts';
import type { Channel, Guild, Shape, User, World } from './state.ts';

function gatewayBot({ world }: Call) {
  return answer(world.gateway.description());
}

function application({ world }: Call) {
  const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot).length;
  const { id, user, flags } = world.app;
  const owner = world.users.get(world.app.ownerId) ?? user;
  return answer({
    id,
    name: user.name,
    icon: null,
    description: '',
    type: null,
    bot: userShape(user),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags,
    flags_new: String(flags),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userShape(owner),
    approximate_guild_count: guilds,
    approximate_user_install_count: world.installedBy.size,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
    integration_types_config: { 0: {}, 1: {} },
  });
}

function ownApplication(call: Call): void {
  const { world } = call;
  if (parameter(call, 'application_id') !== world.app.id) throw refusal(20012);
}

function listCommands(call: Call) {
  ownApplication(call);
  const withLocalizations = call.query.get('with_localizations') === 'true';
  const { commands } = call.world.app;
  return answer(withLocalizations ? commands : commands.map((command) => withoutLocalizations(command)));
}

function withoutLocalizations(value: Shape): Shape {
  const { name_localizations: _, description_localizations: __, options, choices, ...rest } = value;
  const inner = Object.entries({ options, choices }).filter(([, list]) => Array.isArray(list));
  const kept = inner.map(([key, list]) => [key, (list as Shape[]).map(withoutLocalizations)]);
  return { ...rest, ...Object.fromEntries(kept) };
}

/** Replaces all commands; one of the same name and kind keeps its id, and its version where nothing changed. */
function putCommands(call: Call) {
  ownApplication(call);
  const { world, body } = call;
  const list = (Array.isArray(body) ? body : []) as Shape[];
  const errors = checkCommands(list);
  if (errors.length > 0) throw invalidForm(errors);
  world.app.commands = list.map((command) => keepCommand(world, command));
  return answer(world.app.commands);
}

function keepCommand(world: World, command: Shape): Shape {
  const type = command.type ?? 1;
  const known = world.app.commands.find((one) => one.name === command.name && one.type === type);
  const kept: Shape = {
    id: known?.id ?? world.newId(),
    application_id: world.app.id,
    version: known?.version ?? world.newId(),
    default_member_permissions: permissionsText(command.default_member_permissions),
    type,
    name: command.name,
    name_localizations: command.name_localizations ?? null,
    description: command.description ?? '',
    description_localizations: command.description_localizations ?? null,
    dm_permission: command.dm_permission ?? true,
    contexts: command.contexts ?? null,
    integration_types: command.integration_types ?? [0],
    nsfw: command.nsfw ?? false,
    ...keepOptions(command.options),
  };
  const isSame = known && JSON.stringify(known) === JSON.stringify(kept);
  return isSame || !known ? kept : { ...kept, version: world.newId() };
}

function permissionsText(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function keepOptions(options: unknown): Shape {
  if (!Array.isArray(options) || options.length === 0) return {};
  return { options: (options as Shape[]).map(keepOption) };
}

/** An option as Discord gives it back: what is false or empty is left out. */
function keepOption({ options, choices, required, autocomplete, ...rest }: Shape): Shape {
  return {
    ...rest,
    name_localizations: rest.name_localizations ?? null,
    description_localizations: rest.description_localizations ?? null,
    ...(required ? { required } : {}),
    ...(autocomplete ? { autocomplete } : {}),
    ...(Array.isArray(choices) && choices.length > 0
      ? { choices: (choices as Shape[]).map((one) => ({ name_localizations: null, ...one })) }
      : {}),
    ...keepOptions(options),
  };
}

function getUser(call: Call) {
  const user = call.world.users.get(parameter(call, 'user_id'));
  if (!user) throw refusal(10013);
  return answer(userShape(user));
}

/** Opens the direct channel with somebody; the same one every time. */
function openDm(call: Call) {
  const { world } = call;
  const user = world.users.get(String(bodyOf(call).recipient_id));
  if (!user) throw refusal(10013);
  if (user.isBot) throw refusal(50007);
  return answer(channelShape(dmWith(world, user)));
}

export function dmWith(world: World, person: User): Channel {
  const known = world.dms.get(person.id);
  if (known) return known;
  const channel: Channel = { ...emptyDm(world.newId()), person };
  world.channels.set(channel.id, channel);
  world.dms.set(person.id, channel);
  return channel;
}

/** The server that a path names. Errors: 10004 for one that the bot is not in. */
function guildOf(call: Call): Guild {
  const guild = call.world.guilds.get(parameter(call, 'guild_id'));
  if (!guild?.hasBot) throw refusal(10004);
  return guild;
}

function getMember(call: Call) {
  const guild = guildOf(call);
  const id = parameter(call, 'user_id');
  const member = guild.members.get(id);
  if (member) return answer(memberShape(member));
  throw refusal(call.world.users.has(id) ? 10007 : 10013);
}

function listRoles(call: Call) {
  const { world } = call;
  return answer([...guildOf(call).roles.values()].map((role) => roleShape(role, world.app.user.id)));
}

function activeThreads(call: Call) {
  const { world } = call;
  const { id } = world.app.user;
  const threads = threadsOf(guildOf(call)).filter(
    (one) => !one.thread?.isArchived && may(world, one, id, 'ViewChannel'),
  );
  return answer(threadList(world, threads, false));
}

function ownGuilds({ world }: Call) {
  const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot);
  return answer(guilds.map((guild) => ownGuildShape(world, guild)));
}

function leaveGuild(call: Call) {
  call.world.removeBot(guildOf(call));
  return done;
}

export const APPLICATION_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/gateway/bot', run: gatewayBot },
  { method: 'GET', path: '/users/@me', run: ({ world }) => answer(ownUser(world)) },
  { method: 'GET', path: '/users/@me/guilds', run: ownGuilds },
  { method: 'DELETE', path: '/users/@me/guilds/{guild_id}', run: leaveGuild },
  { method: 'POST', path: '/users/@me/channels', run: openDm },
  { method: 'GET', path: '/users/{user_id}', run: getUser },
  { method: 'GET', path: '/applications/@me', run: application },
  { method: 'GET', path: '/oauth2/applications/@me', run: application },
  { method: 'GET', path: '/applications/{application_id}/commands', run: listCommands },
  { method: 'PUT', path: '/applications/{application_id}/commands', run: putCommands },
  { method: 'GET', path: '/guilds/{guild_id}', run: (call) => answer(guildShape(call.world, guildOf(call))) },
  {
    method: 'GET',
    path: '/guilds/{guild_id}/channels',
    run: (call) => answer(channelsOf(guildOf(call)).map((channel) => channelShape(channel))),
  },
  { method: 'GET', path: '/guilds/{guild_id}/roles', run: listRoles },
  { method: 'GET', path: '/guilds/{guild_id}/members/{user_id}', run: getMember },
  { method: 'GET', path: '/guilds/{guild_id}/threads/active', run: activeThreads },
];

function ownUser(world: World): Shape {
  return {
    ...userShape(world.app.user),
    mfa_enabled: false,
    locale: 'en-US',
    premium_type: 0,
    verified: true,
    email: null,
  };
}
