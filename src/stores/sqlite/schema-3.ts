/** What members follow, keep and judge, the topics of workspaces, and the feeds that are members' own. */
export const SCHEMA_3 = `
-- The topics of a workspace come in the order of their positions, and so does what a member follows.
CREATE TABLE topics (
  position INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  emoji TEXT NOT NULL,
  meaning TEXT NOT NULL,
  query TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (platform, workspace, slug)
) STRICT;

CREATE TABLE subscriptions (
  position INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  member TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  followed_at TEXT NOT NULL,
  UNIQUE (platform, workspace, member, kind, key)
) STRICT;
CREATE INDEX subscriptions_by_interest ON subscriptions (platform, workspace, kind, key);

CREATE TABLE saved (
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  member TEXT NOT NULL,
  paper_id TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (platform, workspace, member, paper_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_by_age ON saved (platform, workspace, member, saved_at DESC, paper_id);
-- Whether anybody keeps a paper that the archive would forget.
CREATE INDEX saved_by_paper ON saved (paper_id);

CREATE TABLE ratings (
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  member TEXT NOT NULL,
  paper_id TEXT NOT NULL,
  verdict TEXT NOT NULL,
  rated_at TEXT NOT NULL,
  PRIMARY KEY (platform, workspace, member, paper_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE feeds ADD COLUMN is_digest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN alongside TEXT;
CREATE INDEX feeds_alongside ON feeds (alongside) WHERE alongside IS NOT NULL;
-- A workspace has few feeds, and may have thousands of digests that no list of them names.
DROP INDEX feeds_by_workspace;
CREATE INDEX feeds_listed ON feeds (position) WHERE is_digest = 0;
CREATE INDEX feeds_by_workspace ON feeds (platform, workspace, position) WHERE is_digest = 0;
`;
