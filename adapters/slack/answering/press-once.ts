import { createHash } from 'node:crypto';
import type { Host } from '../../../src/adapter.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { type Asked, commandOf } from './asked.ts';
import { BUTTONS } from './asking.ts';
import { createInHand } from './in-hand.ts';
import type { Press, PressedAction } from './incoming.ts';

export interface PressOnceDependencies {
  host: Pick<Host, 'commands' | 'isFirst'>;
  log: Log;
}

/** What a press asks for. */
export interface PressAsked {
  action: PressedAction;
  asked: Asked;
}

/** Does what a press asks for once, however often it comes, unless that changes nothing. Rejects as the work does. */
export type PressOnce = (press: Press, what: PressAsked, work: () => Promise<void>) => Promise<void>;

/** Kinds of buttons that are ours, and no card's: what they do twice is there twice. */
const OWN: ReadonlySet<string> = new Set(Object.keys(BUTTONS));
/** Who presses one of these again so soon has pressed twice, and another process may have heard of it. */
const TWICE_MS = 5 * SECOND_MS;

export function createPressOnce({ host, log }: PressOnceDependencies): PressOnce {
  const inHand = createInHand();
  return async (press, { action, asked }, work) => {
    const isReading = commandOf(asked, host.commands)?.isReading === true;
    if (isReading && !action.action_id.startsWith('share')) return await work();
    const { action_id: id, value, selected_option: one, selected_options: some } = action;
    const key = [press.user.id, press.container?.message_ts, press.view?.id, id, value, one, some];
    const letBe = () => log.debug('A press came twice and is done once', { command: asked.command });
    const isNew = await inHand.once(key, async () => {
      const isFirst = !isOwn(action) || (await host.isFirst(nameOf(press, key), TWICE_MS));
      await (isFirst ? work() : letBe());
    });
    if (!isNew) letBe();
  };
}

/** Of a button of our own, whose value is what it asks for. */
export function isOwn({ action_id: id }: PressedAction): boolean {
  return OWN.has(id.split(':')[0] ?? '');
}

/** A press among those of all teams; hashed, as who pressed what is nobody's business. */
function nameOf({ team, channel }: Press, key: readonly unknown[]): string {
  const written = JSON.stringify([team?.id, channel?.id, ...key]);
  return `slack press ${createHash('sha256').update(written).digest('base64url')}`;
}
