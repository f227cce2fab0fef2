import type { FeedNeeds } from '../../../src/adapter.ts';
import { memberOf } from '../../../src/domain/feed.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { isCode } from './failures.ts';
import type { Places } from './places.ts';

/** See `Adapter.obstacles`. What is missing is named with the step that mends it. */
export async function obstacles(
  { destination, role }: FeedNeeds,
  places: Pick<Places, 'channel'>,
  locale?: Locale,
): Promise<string[]> {
  const { slack: say } = textsFor(locale);
  const { workspace, channel: id } = destination;
  if (memberOf(destination) !== undefined) return [];
  const roleSentences = role === undefined || isUserGroup(role) ? [] : [say.noRole];
  try {
    const channel = await places.channel(workspace, id);
    if (!channel) return [say.hidden];
    if (channel.isArchived) return [say.archived];
    if (!channel.isMember)
      return [channel.kind === 'public' ? say.invite : say.invitePrivate, ...roleSentences];
  } catch (error) {
    if (!isCode(error, 'missing_scope')) throw error;
    return [say.noScope];
  }
  return roleSentences;
}

/** The id of a user group, as Slack writes it where somebody mentions one. */
export function isUserGroup(id: string): boolean {
  return /^S[A-Z0-9]{5,20}$/.test(id);
}
