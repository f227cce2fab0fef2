/** Workspaces that have us or had us, topic panels, and the reactions whose wishes were done. */
export const SCHEMA_4 = `
CREATE TABLE workspaces (
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  joined_at TEXT NOT NULL,
  -- Since when it has not got us any more.
  left_at TEXT,
  -- Whether somebody was greeted there.
  is_greeted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (platform, workspace)
) STRICT, WITHOUT ROWID;
CREATE INDEX workspaces_left ON workspaces (left_at) WHERE left_at IS NOT NULL;

CREATE TABLE panels (
  position INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  channel TEXT NOT NULL,
  message_id TEXT NOT NULL,
  UNIQUE (platform, workspace, channel, message_id)
) STRICT;

CREATE TABLE reactions (
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  channel TEXT NOT NULL,
  message_id TEXT NOT NULL,
  emoji TEXT NOT NULL,
  mark TEXT NOT NULL,
  member TEXT,
  -- Of a message that shows a paper; on a panel it is kept as long as the panel.
  seen_at TEXT,
  PRIMARY KEY (platform, workspace, channel, message_id, emoji, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX reactions_by_member ON reactions (platform, member, workspace) WHERE member IS NOT NULL;
CREATE INDEX reactions_by_age ON reactions (seen_at) WHERE seen_at IS NOT NULL;

-- All of a workspace, or its feeds without the digests of its many members.
DROP INDEX feeds_by_workspace;
CREATE INDEX feeds_of_workspace ON feeds (platform, workspace, is_digest, position);

-- Where something is kept of somebody, whatever it is.
ALTER TABLE feeds ADD COLUMN manager TEXT;
UPDATE feeds SET manager = (SELECT json_extract(value, '$.value.record.manager') FROM records
  WHERE namespace = 'feeds' AND key = feed_id AND json_valid(value));
CREATE INDEX feeds_by_manager ON feeds (platform, manager, workspace);
CREATE INDEX subscriptions_by_member ON subscriptions (platform, member, workspace);
CREATE INDEX saved_by_member ON saved (platform, member, workspace);
CREATE INDEX ratings_by_member ON ratings (platform, member, workspace);
`;
