import type { types } from '@slack/bolt';
import type { Texts } from '../../../src/texts/index.ts';
import { actionsBlocks, divider, header, pressButton } from '../cards/parts.ts';
import { asideBlocks, confirmation, section, smallPrint } from '../forms/parts.ts';
import { digestBlocks } from './digest-blocks.ts';
import { deliveryBlocks, feedBlocks } from './feed-blocks.ts';
import { nameBlocks, topicBlocks } from './follow-blocks.ts';
import type { HomeData } from './read.ts';
import { savedBlocks } from './saved-blocks.ts';

/** How the Home tab is shown beside its data. */
export interface HomeFrame {
  /** What became of the last press, as a sentence. */
  notice?: string;
  /** Differs each time it is shown. */
  stamp: string;
}

/** A member's Home tab: at most 100 blocks, whatever they follow and whatever the workspace has. */
export function renderHome(data: HomeData, { notice, stamp }: HomeFrame, texts: Texts): types.HomeView {
  const say = texts.slackHome;
  const { topics, following, saved, page, feeds, deliveries, hasQuietHours, isManager } = data;
  const isOpen = deliveries && ('sentence' in deliveries || deliveries.data.length > 0);
  return {
    type: 'home',
    private_metadata: String(page),
    blocks: [
      smallPrint(say.intro),
      ...(notice === undefined ? [] : [section(`ℹ️ ${notice}`)]),
      ...asideBlocks(data.aside, texts),
      ...part(say.topics, topicBlocks(topics, following, stamp, texts)),
      ...part(say.names, nameBlocks(topics, following, texts)),
      ...part(say.digest, digestBlocks(following, hasQuietHours, stamp, texts)),
      ...part(texts.saved.title, savedBlocks(saved, page, texts)),
      ...part(say.feeds, feedBlocks(feeds, isManager, texts)),
      ...(isOpen ? part(texts.delivery.notOut, deliveryBlocks(deliveries, texts)) : []),
      ...part(say.data, dataBlocks(texts)),
      smallPrint(say.help),
    ],
  };
}

function part(title: string, blocks: types.KnownBlock[]): types.KnownBlock[] {
  return [divider(), header(title), ...blocks];
}

function dataBlocks({ slackHome: say, forgetMe, action }: Texts): types.KnownBlock[] {
  const ask = { title: forgetMe.ask, text: forgetMe.what, yes: action.erase, no: say.keep };
  const forget: types.Button = {
    ...pressButton(say.forget, 'home:forget', 'forget'),
    style: 'danger',
    confirm: confirmation(ask, 'danger'),
  };
  return [section(say.dataHow), ...actionsBlocks([forget])];
}

/** The page of saved papers that a Home tab shows. */
export function pageIn(metadata: string | null | undefined): number {
  const page = Number(metadata);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}
