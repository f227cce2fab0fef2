import type { FeedNeeds } from '../../adapter.ts';
import { isTimeOfDay, isZone } from '../../domain/calendar.ts';
import type { Destination, Feed } from '../../domain/feed.ts';
import { FEED_DEFAULTS } from '../../domain/feed.ts';
import { wrong } from '../../finding.ts';
import { insist, type Order } from './asking.ts';
import type { Prompts } from './prompts.ts';

interface Named {
  id: string;
  name: string;
}

/** Where a platform lets the bot post. Errors of each: any `PaperwireError`. */
export interface Ground {
  platform: Destination['platform'];
  /** What people call it. */
  called: string;
  /** What people there call a workspace. */
  workspaceCalled: string;
  /** Those that have the bot. */
  workspaces(): Promise<Named[]>;
  /** How the bot gets into one more; absent where there is one alone. */
  invitation?(): Promise<string>;
  /** In the order that people see; `isToJoin`: the bot can let itself in. */
  channels(workspace: string): Promise<(Named & { isToJoin?: boolean })[]>;
  /** See `Adapter.obstacles`. */
  obstacles(feed: FeedNeeds): Promise<string[]>;
  enter?(place: Destination): Promise<void>;
  /** Of whom one is told what a feed's manager must know; absent where the platform itself knows who that is. */
  managers?(workspace: string): Promise<Named[]>;
}

/** No id of anything. */
const OTHER = 'other';

/** Asks for workspace and channel, then for time and zone. `zone`: that of this machine. */
export async function askOrder(ground: Ground, zone: string, prompts: Prompts): Promise<Order> {
  const workspace = await askWorkspace(ground, prompts);
  const channel = await askChannel(ground, workspace, prompts);
  const place = { platform: ground.platform, workspace: workspace.id, channel: channel.id };
  const enter = channel.isToJoin ? { enter: async () => await ground.enter?.(place) } : {};
  const time = await askTime(zone, prompts);
  const manager = await askManager(ground, workspace, prompts);
  return { place, name: `${channel.name} of ${workspace.name}`, ...enter, ...time, ...manager };
}

async function askManager(
  { called, managers }: Ground,
  workspace: Named,
  prompts: Prompts,
): Promise<Pick<Order, 'manager'>> {
  const found = managers ? await insist(called, () => managers(workspace.id), prompts) : [];
  if (found.length === 0) return {};
  const choices = found.map(({ id, name }) => ({ value: id, label: name }));
  const nobody = { value: OTHER, label: 'Nobody', hint: 'it stands in the log and in paperwire status' };
  const message = 'Who of the team shall be told when papers cannot be posted?';
  const manager = await prompts.choose(message, [...choices, nobody]);
  return manager === OTHER ? {} : { manager };
}

async function askWorkspace(ground: Ground, prompts: Prompts): Promise<Named> {
  const { called, workspaceCalled: kind, invitation } = ground;
  for (let isInvited = false; ; ) {
    const found = await insist(called, () => ground.workspaces(), prompts);
    const [only] = found;
    if (only && !invitation) return only;
    if (found.length === 0 && isInvited)
      prompts.tell(wrong(`The bot is in no ${kind} yet.`, 'Open the link above and let it in.'));
    if (found.length > 0) {
      const other = { value: OTHER, label: `Another ${kind}`, hint: 'shows how the bot gets there' };
      const choices = found.map(({ id, name }) => ({ value: id, label: name }));
      const chosen = await prompts.choose(`In which ${kind}?`, [...choices, other]);
      const workspace = found.find(({ id }) => id === chosen);
      if (workspace) return workspace;
    }
    if (invitation) prompts.say(await insist(called, invitation, prompts));
    isInvited = true;
    await prompts.choose('Is it in?', [{ value: OTHER, label: 'Yes, look' }]);
  }
}

async function askChannel(ground: Ground, workspace: Named, prompts: Prompts) {
  const { called, platform } = ground;
  for (let last: string | undefined; ; ) {
    const channels = await insist(called, () => ground.channels(workspace.id), prompts);
    const choices = channels.map(({ id, name, isToJoin }) => ({
      value: id,
      label: name,
      ...(isToJoin ? { hint: 'the bot joins it' } : {}),
    }));
    const again = { value: OTHER, label: 'Look again', hint: 'where you have just made one' };
    last = await prompts.choose('In which channel shall papers come?', [...choices, again], last);
    const channel = channels.find(({ id }) => id === last);
    if (!channel) continue;
    const destination = { platform, workspace: workspace.id, channel: channel.id };
    const needs = { destination, layout: FEED_DEFAULTS.layout };
    const found = channel.isToJoin ? [] : await insist(called, () => ground.obstacles(needs), prompts);
    if (found.length === 0) return channel;
    for (const mend of found) prompts.tell(wrong(`Nothing can be posted in ${channel.name}.`, mend));
  }
}

/** Asks when papers shall come. `zone`: what is proposed. */
export async function askTime(zone: string, prompts: Prompts): Promise<Pick<Feed, 'time' | 'zone'>> {
  const time = await prompts.ask('At what time, Monday to Friday?', {
    first: FEED_DEFAULTS.time,
    check: (answer) => (isTimeOfDay(answer) ? undefined : 'Write it like 09:00.'),
  });
  const proposed = isZone(zone) ? zone : FEED_DEFAULTS.zone;
  const chosen = await prompts.ask('In which time zone?', {
    first: proposed,
    check: (answer) => (isZone(answer) ? undefined : 'Write it like Europe/Berlin, or UTC.'),
  });
  return { time, zone: chosen };
}
