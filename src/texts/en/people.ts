import { count } from './count.ts';

export const follow = {
  followed: (what: string) => `You follow ${what}`,
  already: (what: string) => `You follow ${what} already`,
  all: 'What you wanted to follow',
  full: (most: number) => `You follow ${most} already, and no more can be had. "/paper unfollow" ends one.`,
  unseen: 'No paper of the archive carries that name so far.',
  empty: 'Say what to follow: a topic such as agents, author:Name or org:name.',
  tooMany: (most: number) => `Name at most ${most} at once.`,
  unknown: (what: string) => `Nothing to follow is called "${what}".`,
  howTo:
    '"/paper topics list" shows the topics; an author is followed as author:Name, an organisation as org:name.',
  near: (names: string) => `Did you mean ${names}?`,
};

export const unfollow = {
  done: (what: string) => `You no longer follow ${what}`,
  nothingLeft: 'You follow nothing any more, so no digest comes.',
  notFollowed: (what: string, followed: string) => `You do not follow "${what}". You follow ${followed}.`,
  nothing: 'nothing',
};

export const digest = {
  rests: 'Your digest rests; "/paper following every:daily" lets it come.',
  closed: 'Your digest cannot be delivered: your direct messages are closed to me.',
  threadClosed: 'Your digest cannot be delivered: its thread is closed to me.',
  every: { daily: 'daily', weekly: 'weekly', monthly: 'monthly', trending: 'trending' },
  next: (every: string, day: string, time: string, zone: string) =>
    `Your next ${every} digest comes on ${day} at ${time} ${zone}. "/paper following" changes that.`,
};

export const following = {
  title: 'What you follow',
  set: 'Your digest is set',
  nothing:
    'You follow nothing. "/paper follow what:agents" begins; "/paper topics list" shows what there is.',
  noDigest: 'You have no digest yet: "/paper follow" something first, for example agents.',
  noTime: (given: string) => `"${given}" is not a time of day. Write it as HH:MM, for example 08:00.`,
  noZone: (given: string) => `"${given}" is not a time zone. Give one such as Europe/Berlin or UTC.`,
  notBoth: 'Give either a time of your own or with-edition, not both.',
  undelivered: (slot: string, reason: string) => `Your digest ${slot} may not have arrived. ${reason}`,
  since: (kind: string, day: string) => `${kind}, since ${day}`,
  kinds: { topic: 'topic', author: 'author', organization: 'organisation' },
  last: 'Last digest',
  quiet: 'Quiet hours',
  noQuiet: (given: string) => `"${given}" are no quiet hours. Write them as 22:00-07:00, or none for none.`,
};

export const save = {
  done: 'Saved',
  already: 'You had saved it already',
  list: '"/paper saved" lists what you have saved.',
  removed: 'Removed',
  gone: (id: string) => `${id} is no longer among your saved papers.`,
  notSaved: (id: string) => `You have not saved ${id}.`,
};

export const saved = {
  title: 'Saved papers',
  file: 'Your saved papers, for a reference manager.',
  subtitle: (papers: number) => `${count(papers, 'paper')}, the newest first`,
  none: 'You have saved nothing yet. "/paper save" puts a paper here.',
  noMore: 'There are no more.',
  savedOn: (day: string) => `saved on ${day}`,
};

export const rate = { up: '👍 noted', down: '👎 noted', none: 'Taken back' };

export const forgetMe = {
  ask: 'Erase everything about you?',
  what: 'What you follow, your digests with what they have sent, your saved papers and your ratings are erased for good, in every workspace and in direct messages. Should you follow again, papers may come a second time.',
  done: 'Erased',
  subscriptions: (number: number) => count(number, 'subscription'),
  saved: (number: number) => count(number, 'saved paper'),
  ratings: (number: number) => count(number, 'rating'),
  digests: (number: number) => count(number, 'digest'),
  feeds: (number: number) =>
    number === 1
      ? '1 feed still names you as its manager; "/paper feed remove" ends it.'
      : `${number} feeds still name you as their manager; "/paper feed remove" ends one.`,
};

export const topics = {
  title: 'Topics',
  howTo: '"/paper follow" with one of these names follows it.',
  followers: (number: number) => count(number, 'follower'),
  noName: (most: number) => `Give the topic a name of 1 to ${most} characters, with a letter or digit.`,
  noQuery: (most: number) => `Say which papers belong to it, in 1 to ${most} characters of a search.`,
  notBuiltIn: (name: string) => `There is no built-in topic "${name}", and others cannot be named here.`,
  noEmoji: (given: string) => `"${given}" is not one emoji. Give one such as 🧪.`,
  takenEmoji: (emoji: string, name: string) => `${emoji} stands for "${name}" already. Choose another emoji.`,
  full: (most: number) => `A workspace may have ${most} topics. "/paper topics remove" ends one.`,
  taken: (slug: string) => `There is a topic ${slug} already.`,
  takenBuiltIn: (slug: string) => `There is a topic ${slug} already, a built-in one.`,
  meaning: 'papers that this workspace looks for',
  use: (slug: string) =>
    `"/paper follow what:${slug}" follows it, "/paper feed edit topics:${slug}" filters a feed by it.`,
  query: 'Query',
  builtIn: (slug: string) => `${slug} is built in and cannot be removed.`,
  inUse: (feed: string, slug: string) =>
    `Feed ${feed} filters by ${slug}. Change it first: /paper feed edit id:${feed} topics:none.`,
  notHere: (name: string) =>
    `This workspace has no topic "${name}". "/paper topics list" shows what there is.`,
  unknown: (slug: string) => `There is no topic "${slug}". "/paper topics list" shows what there is.`,
  removed: (slug: string) => `Topic ${slug} is removed`,
  panel: 'Follow the topics you like',
  panelHow:
    'React with an emoji, or choose from the list, and the new papers of that topic come to you in a digest of your own. Take the emoji away and they no longer do.',
  panelClosed:
    'The emoji could not be put on the panel: give the bot Add Reactions and Read Message History in this channel. The list works all the same.',
  panelIncomplete: (topics: string) =>
    `The emoji of these topics could not be put on the panel: ${topics}. The list works all the same, and anybody may put them there.`,
  tooMany: (most: number) => `A panel holds at most ${most} topics.`,
};
