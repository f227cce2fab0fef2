import type { FeedStatus } from '../../abilities.ts';
import type { Reply } from '../../command.ts';
import { isDone, wentWell } from '../../domain/edition.ts';
import { CommandError, PaperwireError } from '../../errors.ts';
import { fine, warning, wrong } from '../../finding.ts';
import { PROGRAM } from '../called.ts';
import { OPERATOR, type Session } from '../session.ts';
import type { Order } from './asking.ts';
import { CancelledError, type Prompts } from './prompts.ts';

/**
 * Adds the feed as `feed add` does, or sets the time of the one that posts there already. Out: its id. Errors:
 * `CommandError` with what keeps it from being posted; those of `Order.enter`.
 */
export async function addFeed(order: Order, session: Session, prompts: Prompts): Promise<string> {
  const { place, time, zone, name, enter } = order;
  await enter?.();
  const before = (await session.bot.feeds.list(place)).find(
    ({ feed }) => feed.destination.channel === place.channel,
  );
  const id = before === undefined ? {} : { id: before.feed.id };
  const command = before === undefined ? 'feed add' : 'feed edit';
  const reply = await give(command, { ...id, time, zone }, order, session);
  const feedId = before?.feed.id ?? (reply.data as FeedStatus).feed.id;
  const comes = `papers come in ${name} at ${time} (${zone})`;
  const said =
    before === undefined
      ? `Feed ${feedId} is added: ${comes}, Monday to Friday.`
      : `Feed ${feedId} was there already: ${comes} now.`;
  prompts.tell(fine(said));
  return feedId;
}

/** Of a feed that is added the manager is whoever was chosen, else who let the bot in, where that is known. */
async function give(
  command: string,
  options: Record<string, string>,
  { place, manager }: Order,
  { bot, platforms, clock, signal }: Session,
): Promise<Reply> {
  const adapter = platforms.find(({ platform }) => platform === place.platform);
  const id = manager ?? (await adapter?.installer(place.workspace)) ?? OPERATOR;
  const member = { id, isManager: true };
  const reply = await bot.host.run({ command, options, place, member, at: clock.now(), signal });
  if (reply.outcome === 'done') return reply;
  const words = reply.cards.flatMap((card) => (card.kind === 'text' ? card.paragraphs : []));
  throw new CommandError(words.join(' '));
}

/** Offers to post today's edition, by the way that it goes every day. Whoever gives up here has all that was set up. */
export async function offerEdition(
  feedId: string,
  { place, name }: Order,
  { bot, signal }: Session,
  prompts: Prompts,
): Promise<void> {
  if (!(await unlessGivenUp(prompts.confirm(`Post today’s edition in ${name} now?`, true)))) return;
  try {
    const slot = await prompts.wait('Posting', bot.feeds.run(place, feedId, signal));
    if (slot === undefined) return;
    const sentence = `${slot.day}: ${slot.state}. ${slot.sentence}`;
    const mend = isDone(slot.state)
      ? `To try again: ${PROGRAM} post --feed ${feedId}`
      : 'Once the bot runs it looks again by itself.';
    prompts.tell(wentWell(slot.state) ? fine(sentence) : warning(sentence, mend));
  } catch (error) {
    if (signal.aborted || !(error instanceof PaperwireError)) throw error;
    const mend = `All is set up. To try again: ${PROGRAM} post --feed ${feedId}`;
    prompts.tell(wrong(`The edition was not posted. ${error.message}`, mend));
  }
}

/** What was asked; undefined where whoever was asked gives up: what was set up stays. */
export async function unlessGivenUp<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    throw error;
  }
}
