import type { Place } from './fields.ts';
import { messageShape, teamShape, viewShape } from './shapes.ts';
import type { Channel, Message, Shape, User, View, World } from './state.ts';

/** What every interactive payload says. */
export function interactiveBase(world: World, person: User, team: User['team']): Shape {
  const { id, domain } = teamShape(team);
  const name = person.name.toLowerCase().replaceAll(' ', '.');
  return {
    team: { id, domain },
    user: { id: person.id, username: name, name, team_id: person.team.id },
    api_app_id: world.app.id,
    token: world.app.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelOf({ id, name, kind }: Channel): Shape {
  const shown = { public: name, private: 'privategroup', im: 'directmessage', mpim: name };
  return { id, name: shown[kind] };
}

export function slashShape(
  world: World,
  person: User,
  channel: Channel,
  command: string,
  text: string,
): Shape {
  const { team } = channel;
  return {
    token: world.app.verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: String(channelOf(channel).name),
    user_id: person.id,
    user_name: person.name.toLowerCase().replaceAll(' ', '.'),
    command,
    text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
  };
}

/** Where something was pressed. */
export function sourceShape(world: World, where: Message | View): Shape {
  if (!('ts' in where)) {
    return {
      container: { type: 'view', view_id: where.id },
      view: viewShape(world, where),
    };
  }
  const { ts, channel, threadTs, onlyFor } = where;
  const isEphemeral = onlyFor !== undefined;
  const whole = messageShape(world, where);
  // Of an ephemeral message Slack tells little.
  const shown = isEphemeral ? { type: 'message', user: whole.user, ts } : whole;
  return {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    },
    channel: channelOf(channel),
    message: shown,
  };
}

export function actionShape(world: World, { block, element }: Place, value: Shape): Shape {
  const { type, action_id, text, placeholder, url } = element;
  const isButton = type === 'button';
  return {
    type,
    action_id,
    block_id: block.block_id,
    ...(isButton && text !== undefined ? { text } : {}),
    ...(isButton && element.value !== undefined ? { value: element.value } : {}),
    ...(isButton && url !== undefined ? { url } : {}),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...value,
    action_ts: world.newTs(),
  };
}

/** What stands in the fields around what was pressed. */
export function stateOf(where: Message | View, place: Place, value: Shape): Shape {
  if (!('ts' in where)) return {};
  const { type } = place.element;
  const isField = type !== 'button' && type !== 'overflow';
  const values = isField
    ? { [String(place.block.block_id)]: { [String(place.element.action_id)]: value } }
    : {};
  return { state: { values } };
}

export function suggestionShape(
  world: World,
  person: User,
  where: Message | View,
  place: Place,
  typed: string,
): Shape {
  const { block, element } = place;
  const team = 'ts' in where ? where.channel.team : where.team;
  return {
    type: 'block_suggestion',
    ...interactiveBase(world, person, team),
    ...sourceShape(world, where),
    action_id: element.action_id,
    block_id: block.block_id,
    value: typed,
  };
}

export function closedShape(world: World, view: View, isCleared: boolean): Shape {
  return {
    type: 'view_closed',
    ...interactiveBase(world, view.person, view.team),
    view: viewShape(world, view),
    is_cleared: isCleared,
  };
}
