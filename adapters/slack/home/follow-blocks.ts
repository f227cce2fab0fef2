import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import { BUILT_IN_TOPICS, MAX_WORKSPACE_TOPICS } from '../../../src/domain/topic.ts';
import { shorten } from '../../../src/text/shorten.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { labelIn, topicIn } from '../../../src/texts/topic.ts';
import { LIMITS } from '../cards/limits.ts';
import { actionsBlocks, optionOf, plainText, pressButton } from '../cards/parts.ts';
import { chosenOf, section, smallPrint, topicOption, VIEW_LIMITS } from '../forms/parts.ts';
import type { Part } from '../forms/replies.ts';
import type { HomeFollowing, HomeSubscription, HomeTopic } from './schema.ts';

/** More than these have no button of their own, and stand in a select. */
const MOST_BUTTONS = 8;
const MAX_NAME = 200;
const MOST_TOPICS = BUILT_IN_TOPICS.length + MAX_WORKSPACE_TOPICS;

/**
 * Topics to tick, ten in a group. `stamp` makes the groups new ones, as Slack keeps what was ticked in one that it knows,
 * whatever is ticked by now.
 */
export function topicBlocks(
  topics: Part<HomeTopic[]>,
  following: Part<HomeFollowing>,
  stamp: string,
  texts: Texts,
): types.KnownBlock[] {
  if ('sentence' in topics) return [section(topics.sentence)];
  if ('sentence' in following) return [section(following.sentence)];
  const followed = following.data.subscriptions.flatMap(({ kind, key }) => (kind === 'topic' ? [key] : []));
  const options = topics.data
    .filter(({ slug }) => slug.length <= LIMITS.optionValue)
    .slice(0, MOST_TOPICS)
    .map((topic) => topicOption(topicIn(topic, texts), topic.slug, LIMITS.optionText));
  const groups: types.ActionsBlock[] = [];
  for (let from = 0; from < options.length; from += VIEW_LIMITS.checkboxes) {
    const group = options.slice(from, from + VIEW_LIMITS.checkboxes);
    const action_id = `home:topics:${groups.length}`;
    const ticks: types.Checkboxes = {
      type: 'checkboxes',
      action_id,
      options: group,
      ...chosenOf(group, followed),
    };
    groups.push({ type: 'actions', block_id: `topics:${groups.length}:${stamp}`, elements: [ticks] });
  }
  return [smallPrint(texts.slackHome.topicsHow), ...groups];
}

/** Authors and organisations, each with the way to unfollow it; topics that are there no more are among them. */
export function nameBlocks(
  topics: Part<HomeTopic[]>,
  following: Part<HomeFollowing>,
  texts: Texts,
): types.KnownBlock[] {
  const say = texts.slackHome;
  if ('sentence' in following) return [section(following.sentence)];
  const ticked = new Set('data' in topics ? topics.data.map(({ slug }) => slug) : []);
  const named = following.data.subscriptions.filter(({ kind, key }) => kind !== 'topic' || !ticked.has(key));
  const own = named.slice(0, MOST_BUTTONS).map((one, index) => {
    const { kinds } = texts.following;
    const unfollow = pressButton(texts.action.unfollow, `home:unfollow:${index}`, markOf(one));
    return section(`${nameOf(one, texts)} · ${kinds[one.kind]}`, unfollow);
  });
  const rest = named.slice(MOST_BUTTONS, MOST_BUTTONS + LIMITS.options);
  const select: types.StaticSelect = {
    type: 'static_select',
    action_id: 'home:unfollow:more',
    placeholder: plainText(say.moreNames, LIMITS.placeholder),
    options: rest.map((one) => optionOf(nameOf(one, texts), markOf(one))),
  };
  return [...own, ...(rest.length > 0 ? actionsBlocks([select]) : []), smallPrint(say.namesHow)];
}

function nameOf(one: HomeSubscription, texts: Texts): string {
  return shorten(labelIn(one, texts), MAX_NAME, 'characters');
}

/** Stands for what is followed, which may be called anything, at any length. */
export function markOf({ kind, key }: Pick<HomeSubscription, 'kind' | 'key'>): string {
  return createHash('sha256').update(`${kind}:${key}`).digest('hex').slice(0, 24);
}
