import type { Channel, Message, User, View, World } from './state.ts';
import type { Teller } from './telling.ts';

/** What people's acts need besides the world. */
export interface Stage {
  world: World;
  teller: Teller;
  until(holds: () => boolean): Promise<void>;
}

export function demandSight(user: User, channel: Channel): void {
  const isSeen = channel.members.has(user.id) || (channel.kind === 'public' && channel.team === user.team);
  if (!isSeen || channel.isDeleted)
    throw new Error(`${user.name} does not see #${channel.name || channel.id}.`);
}

export function demandSource(user: User, where: Message | View): void {
  if (!('ts' in where)) {
    if (where.person !== user) throw new Error(`${user.name} does not see this view.`);
    if (!where.isOpen) throw new Error('The view is closed.');
    return;
  }
  if (where.isDeleted) throw new Error('The message is gone.');
  if (where.onlyFor !== undefined && where.onlyFor !== user.id)
    throw new Error(`${user.name} does not see this message.`);
  demandSight(user, where.channel);
}
