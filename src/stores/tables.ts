/** In which of these a store with something in it has a row; every store that speaks SQL has them. */
export const KEPT: readonly string[] = [
  ...['records', 'feeds', 'archive_sequence', 'slots', 'plans', 'considered', 'alarms', 'damaged'],
  ...['topics', 'subscriptions', 'saved', 'ratings', 'workspaces', 'panels', 'reactions'],
];

/** In SQL: whether a store is empty. */
export const IS_EMPTY = KEPT.map((table) => `NOT EXISTS (SELECT 1 FROM ${table})`).join(' AND ');

/** What is kept of a workspace beside its feeds, by the keys of its rows. */
export const IN_WORKSPACE: Readonly<Record<string, string>> = {
  subscriptions: 'position',
  saved: 'platform, workspace, member, paper_id',
  ratings: 'platform, workspace, member, paper_id',
  topics: 'position',
  panels: 'position',
  reactions: 'platform, workspace, channel, message_id, emoji, mark',
};

/** The tables that name members, and the columns in which they do. */
export const NAMING = [
  ['subscriptions', 'member'],
  ['saved', 'member'],
  ['ratings', 'member'],
  ['reactions', 'member'],
  ['feeds', 'manager'],
] as const;
