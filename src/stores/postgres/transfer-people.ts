import type { Member } from '../../domain/member.ts';
import type { LineValue } from '../lines.ts';
import type { Row } from './connection.ts';
import { listOf } from './insert-rows.ts';
import { createMover, keyOfColumns } from './mover.ts';
import { insertRatings, RATING_COLUMNS, ratingOf } from './ratings.ts';
import { insertSaved, SAVED_COLUMNS, savedOf } from './saved.ts';
import { insertSubscriptions, SUBSCRIPTION_COLUMNS, subscriptionOf } from './subscriptions.ts';
import { insertTopics, TOPIC_COLUMNS, topicOf } from './topics.ts';

type Workspace = LineValue<'topics'>['workspace'];

export const TOPICS = createMover('topics', {
  text: `SELECT ${listOf(TOPIC_COLUMNS)} FROM topics ORDER BY position`,
  keyOf: keyOfColumns('platform', 'workspace', 'slug'),
  valueOf: (row) => ({ workspace: workspaceOf(row), topic: topicOf(row) }),
  write: (sql, lines) =>
    insertTopics(
      sql,
      lines.map(({ value }) => value),
    ),
});

export const SUBSCRIPTIONS = createMover('subscriptions', {
  text: `SELECT ${listOf(SUBSCRIPTION_COLUMNS)} FROM subscriptions ORDER BY position`,
  keyOf: keyOfColumns('platform', 'workspace', 'member', 'kind', 'key'),
  valueOf: (row) => ({ member: memberOf(row), subscription: subscriptionOf(row) }),
  write: (sql, lines) =>
    insertSubscriptions(
      sql,
      lines.map(({ value }) => value),
    ),
});

export const SAVED = createMover('saved', {
  text: `SELECT ${listOf(SAVED_COLUMNS)} FROM saved ORDER BY platform, workspace, member, paper_id`,
  keyOf: keyOfColumns('platform', 'workspace', 'member', 'paper_id'),
  valueOf: (row) => ({ member: memberOf(row), saved: savedOf(row) }),
  write: (sql, lines) =>
    insertSaved(
      sql,
      lines.map(({ value }) => value),
    ),
});

export const RATINGS = createMover('ratings', {
  text: `SELECT ${listOf(RATING_COLUMNS)} FROM ratings ORDER BY platform, workspace, member, paper_id`,
  keyOf: keyOfColumns('platform', 'workspace', 'member', 'paper_id'),
  valueOf: (row) => ({ member: memberOf(row), rating: ratingOf(row) }),
  write: (sql, lines) =>
    insertRatings(
      sql,
      lines.map(({ value }) => value),
    ),
});

function memberOf(row: Row): Member {
  return { ...workspaceOf(row), id: String(row.member) };
}

function workspaceOf({ platform, workspace }: Row): Workspace {
  return { platform: String(platform) as Workspace['platform'], workspace: String(workspace) };
}
