import { memberOf, ratingOf, savedOf, subscriptionOf, topicOf, workspaceOf } from '../rows-people.ts';
import { listOf } from './insert-rows.ts';
import { createMover, keyOfColumns } from './mover.ts';
import { insertRatings, RATING_COLUMNS } from './ratings.ts';
import { insertSaved, SAVED_COLUMNS } from './saved.ts';
import { insertSubscriptions, SUBSCRIPTION_COLUMNS } from './subscriptions.ts';
import { insertTopics, TOPIC_COLUMNS } from './topics.ts';

const TOPICS = createMover('topics', {
  text: `SELECT ${listOf(TOPIC_COLUMNS)} FROM topics ORDER BY position`,
  keyOf: keyOfColumns('platform', 'workspace', 'slug'),
  valueOf: (row) => ({ workspace: workspaceOf(row), topic: topicOf(row) }),
  write: (sql, lines) =>
    insertTopics(
      sql,
      lines.map(({ value }) => value),
    ),
});

const SUBSCRIPTIONS = createMover('subscriptions', {
  text: `SELECT ${listOf(SUBSCRIPTION_COLUMNS)} FROM subscriptions ORDER BY position`,
  keyOf: keyOfColumns('platform', 'workspace', 'member', 'kind', 'key'),
  valueOf: (row) => ({ member: memberOf(row), subscription: subscriptionOf(row) }),
  write: (sql, lines) =>
    insertSubscriptions(
      sql,
      lines.map(({ value }) => value),
    ),
});

const SAVED = createMover('saved', {
  text: `SELECT ${listOf(SAVED_COLUMNS)} FROM saved ORDER BY platform, workspace, member, paper_id`,
  keyOf: keyOfColumns('platform', 'workspace', 'member', 'paper_id'),
  valueOf: (row) => ({ member: memberOf(row), saved: savedOf(row) }),
  write: (sql, lines) =>
    insertSaved(
      sql,
      lines.map(({ value }) => value),
    ),
});

const RATINGS = createMover('ratings', {
  text: `SELECT ${listOf(RATING_COLUMNS)} FROM ratings ORDER BY platform, workspace, member, paper_id`,
  keyOf: keyOfColumns('platform', 'workspace', 'member', 'paper_id'),
  valueOf: (row) => ({ member: memberOf(row), rating: ratingOf(row) }),
  write: (sql, lines) =>
    insertRatings(
      sql,
      lines.map(({ value }) => value),
    ),
});

export const PEOPLE_ROWS = {
  topics: TOPICS,
  subscriptions: SUBSCRIPTIONS,
  saved: SAVED,
  ratings: RATINGS,
};
