import { MAX_LIMIT } from '../../domain/feed.ts';

const PAPER = 'Its arXiv id, or a link to arXiv or Hugging Face';
const LIMIT = `How many papers to show, 1 to ${MAX_LIMIT}`;
const PAGE = 'Which page, from 1';
const FEED = 'The feed, as "/paper feed list" names it (default the only one here)';
const MESSAGE = 'The message, as "/paper delivery list" names it, or an edition with all of its messages';
const WHAT = 'Topics, such as agents; an author, as author:Name; an organisation, as org:name';

const SETTINGS = {
  channel: 'Where to post (default here)',
  time: 'When to post, as HH:MM in the feed’s zone (default 09:00)',
  zone: 'Time zone, such as Europe/Berlin (default UTC)',
  listing: 'Which list (default daily)',
  days: 'Weekdays, such as mon,wed or daily (default mon-fri)',
  limit: `Papers of each list, 1 to ${MAX_LIMIT} (default 10)`,
  layout: 'One message, or one a paper (default digest)',
  include: 'Only papers with one of these words, separated by commas',
  exclude: 'No papers with one of these words, separated by commas',
  topics: 'Only papers of one of these topics, separated by commas',
  'code-only': 'Only papers with code',
  'min-votes': 'Only papers with so many votes',
  role: 'The role, or user group, that each edition calls',
  'ripe-hours': 'How long a daily list is left to grow first (default 5)',
  'patience-hours': 'How long to wait for a list that is late (default 4)',
  'refresh-hours':
    'Bring votes and stars of posted cards up to date once, after so long; 0 never (default 24)',
  'say-nothing-new': 'Post a line when there is nothing new',
};

/**
 * What each command and each option of it does: phrases without a full stop, at most 100 characters (Discord's limit).
 * `does` is said of the command itself. `paper`, `topics`, `feed` and `delivery` are families.
 */
export const summaries = {
  paper: { does: 'Trending AI papers: read, search and follow them' },
  topics: { does: 'Topics to follow' },
  feed: { does: 'A channel’s standing orders' },
  delivery: { does: 'Messages that are not out' },
  today: {
    does: 'Show the papers of today, or of another day',
    day: 'Another day, as YYYY-MM-DD',
    page: PAGE,
    limit: LIMIT,
  },
  week: {
    does: 'Show the papers of this week, or of another',
    week: 'Another week, as YYYY-Www',
    page: PAGE,
    limit: LIMIT,
  },
  month: {
    does: 'Show the papers of this month, or of another',
    month: 'Another month, as YYYY-MM',
    page: PAGE,
    limit: LIMIT,
  },
  trending: { does: 'Show what is trending now, of any age', page: PAGE, limit: LIMIT },
  search: {
    does: 'Find papers by words, author:, topic:, org:, after:, before:, votes:>50, has:code',
    query: 'What to look for; "in quotes" as it stands, -word without it',
    page: PAGE,
    limit: LIMIT,
  },
  find: { does: 'Find the papers that a text names', text: 'A text with arXiv ids or links to papers' },
  show: { does: 'Show one paper whole', paper: PAPER },
  similar: { does: 'Find papers like one', paper: PAPER, limit: LIMIT },
  follow: {
    does: 'Get the new papers of a topic, an author or an organisation in a digest of your own',
    what: WHAT,
  },
  unfollow: { does: 'No longer follow something', what: WHAT },
  following: {
    does: 'Show what you follow; set when your digest comes',
    every: 'How often it comes',
    time: 'When, as HH:MM in your zone',
    zone: 'Your time zone, such as Europe/Berlin',
    'with-edition': 'With the daily edition of this channel',
    thread: 'Get it in a thread here instead of a direct message',
    limit: `The most papers of each list, 1 to ${MAX_LIMIT}`,
    quiet: 'When nothing comes to you directly, as 22:00-07:00 in your zone; none for never',
    undelivered: 'Send again what may not have arrived, or let it be',
  },
  save: { does: 'Save a paper for later', paper: PAPER, remove: 'Take it off your saved papers' },
  saved: {
    does: 'List your saved papers, or take them to a reference manager',
    page: PAGE,
    limit: LIMIT,
    format: 'A file with all of them instead of a page',
  },
  rate: {
    does: 'Say whether a paper was worth showing to you',
    paper: PAPER,
    verdict: 'What you think of it; none takes it back (default up)',
  },
  'topics list': { does: 'Show the topics that can be followed' },
  'topics add': {
    does: 'Make a topic of this workspace, which members can follow and feeds can filter by',
    name: 'What it is called, such as protein design',
    query: 'Which papers are its own, in the words of search; each word must stand in them',
    emoji: 'Its emoji (default 📌, or another free one)',
  },
  'topics remove': {
    does: 'Remove a topic of this workspace; nobody follows it any more',
    name: 'The topic, as "/paper topics list" names it',
  },
  'topics panel': {
    does: 'Post a panel here by which members follow topics with an emoji',
    topics: 'Which topics, separated by commas',
  },
  'feed add': { does: 'Post papers on a schedule', ...SETTINGS },
  'feed list': { does: 'List the feeds of this workspace' },
  'feed show': { does: 'Show a feed with all its settings', id: FEED },
  'feed edit': { does: 'Change a feed; what is not said stays', id: FEED, ...SETTINGS },
  'feed pause': { does: 'Stop a feed for a while; it keeps its settings', id: FEED },
  'feed resume': { does: 'Let a paused or suspended feed go on', id: FEED },
  'feed remove': { does: 'Delete a feed and its history', id: FEED },
  'feed run': { does: 'Post today’s edition now', id: FEED },
  'feed preview': { does: 'Show the next edition without posting it', id: FEED },
  'delivery list': { does: 'Show messages that are not out, or that may have arrived and nobody can tell' },
  'delivery resend': { does: 'Send a message again that was refused or may not have arrived', id: MESSAGE },
  'delivery dismiss': { does: 'Let a message be that was refused or may not have arrived', id: MESSAGE },
  status: { does: 'Show how each feed stands: last edition, outcome and next' },
  email: {
    does: 'Get papers by e-mail: what you follow, or all of a list',
    address: 'Where to; its owner gets a link, and confirms by it',
  },
  'forget-me': { does: 'Erase everything that is kept about you here', confirm: 'Yes, erase it' },
  help: { does: 'Explain the commands, or one of them', command: 'The command, or the family, to explain' },
};
