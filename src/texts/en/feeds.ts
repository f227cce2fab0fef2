export const feed = {
  title: (id: string) => `Feed ${id}`,
  list: 'Feeds',
  none: 'There is no feed yet. "/paper feed add" makes one.',
  noFeed: (id: string) => `There is no feed "${id}" here. "/paper feed list" shows the ones there are.`,
  line: (listing: string, time: string, zone: string, days: string, channel: string) =>
    `${listing} at ${time} ${zone}, ${days}, in ${channel}`,
  added: (id: string) => `Feed ${id} added`,
  first: (at: string) => `It posts for the first time on ${at}.`,
  changed: (id: string) => `Feed ${id} changed`,
  paused: (id: string) => `Feed ${id} paused`,
  resumed: (id: string) => `Feed ${id} resumed`,
  removed: (id: string) => `Feed ${id} removed`,
  forgotten: 'It posts no more, and what it has posted is forgotten.',
  nextEdition: 'The next edition, as it would be now.',
  nothingNew: 'There is nothing new.',
  nothingNewYet: 'There is nothing new yet. The edition comes at its time.',
  /** A feed among others. */
  named: (id: string, listing: string, time: string, zone: string) => `${id} (${listing}, ${time} ${zone})`,
  which: (feeds: string) => `Say which one with id: ${feeds}.`,
  nothingToChange: 'Say what to change, for example time:17:30.',
  noTime: (given: string) =>
    `"${given}" is not a time of day. Write it as HH:MM, for example 09:00 or 17:30.`,
  noZone: (given: string) =>
    `"${given}" is not a time zone. Give one such as Europe/Berlin, America/New_York or UTC.`,
  noDays: (given: string) => `"${given}" are no weekdays. Write them as mon,wed,fri or mon-fri, or daily.`,
  noChannel: (given: string) => `"${given}" is no channel.`,
  obstacles: (obstacles: string) => `Nothing was saved, as the feed could not be posted so. ${obstacles}`,
  listings: { daily: 'daily', weekly: 'weekly', monthly: 'monthly', trending: 'trending' },
  states: { active: 'active', paused: 'paused', suspended: 'suspended' },
  days: { mon: 'mon', tue: 'tue', wed: 'wed', thu: 'thu', fri: 'fri', sat: 'sat', sun: 'sun' },
  everyDay: 'every day',
  weekdays: 'Monday to Friday',
};

/** What a feed is set to, as rows of a name and a value. */
export const settings = {
  posts: 'Posts',
  postsAt: (listing: string, time: string, zone: string, days: string) =>
    `the ${listing} list at ${time} ${zone}, ${days}`,
  where: 'Where',
  calls: 'Calls',
  papers: 'Papers',
  upTo: (limit: number) => `up to ${limit} of each list`,
  include: (words: string) => `with ${words}`,
  exclude: (words: string) => `without ${words}`,
  topics: (topics: string) => `on ${topics}`,
  or: ' or ',
  and: ' and ',
  codeOnly: 'with code',
  minVotes: (votes: number) => `from ${votes} votes`,
  layout: 'Layout',
  layouts: { digest: 'digest', cards: 'cards' },
  waits: 'Waits',
  waitsFor: (ripeHours: number, patienceHours: number) =>
    `${ripeHours} h for a list to grow, up to ${patienceHours} h for a late one`,
  refreshes: 'Refreshes',
  refreshesAfter: (hours: number) => `figures once, ${hours} h after posting`,
  never: 'never',
};

/** How a feed stands, as rows of a name and a value. */
export const standing = {
  title: 'Status',
  state: 'State',
  last: 'Last',
  nothingYet: 'nothing yet',
  lastPosted: 'Last posted',
  waitingSince: 'Waiting since',
  next: 'Next',
  notWhileInactive: 'not while it is not active',
  notOut: 'Not out',
  alarm: 'Alarm',
  alarmSince: (at: string, sentence: string) => `since ${at}: ${sentence}`,
  slot: (day: string, state: string, sentence: string) => `${day}: ${state}. ${sentence}`,
  slotStates: {
    due: 'due',
    waiting: 'waiting',
    posted: 'posted',
    'posted-so-far': 'posted so far',
    'nothing-new': 'nothing new',
    incomplete: 'incomplete',
    failed: 'failed',
  },
  looksAgain: (at: string) => `Looks again at ${at}.`,
};

export const delivery = {
  title: 'Messages',
  allOut: 'Everything is out.',
  notOut: 'Messages that are not out',
  advice: (program: string) =>
    `"${program}delivery resend <id>" sends again what was refused or is uncertain, "${program}delivery dismiss <id>" lets a message be.`,
  since: (state: string, at: string) => `${state} since ${at}.`,
  states: {
    planned: 'planned',
    sending: 'sending',
    sent: 'sent',
    refused: 'refused',
    uncertain: 'uncertain',
    dismissed: 'dismissed',
  },
  counted: (number: number, state: string) => `${number} ${state}`,
  counts: (counts: string) => `${counts}. "/paper delivery list" shows all.`,
  countsAdvice: (counts: string, id: string) =>
    `${counts}. "/paper delivery resend id:${id}" sends again, "/paper delivery dismiss id:${id}" lets it be. "/paper delivery list" shows all.`,
  unknown: (id: string) =>
    `There is no message "${id}" here that waits for a decision. "/paper delivery list" shows the ones there are.`,
  edition: (slot: string) => `Edition ${slot}`,
};
