import { memberOf, ratingOf, savedOf, subscriptionOf, topicOf, workspaceOf } from '../rows-people.ts';
import { createMover } from './mover.ts';
import { prepareInsertRating } from './ratings.ts';
import { prepareInsertSaved } from './saved.ts';
import { prepareInsertSubscription } from './subscriptions.ts';
import { prepareInsertTopic } from './topics.ts';

/** Ids of a platform may hold any character, so that keys are JSON: no two of them can look alike. */
const TOPICS = createMover('topics', {
  sql: 'SELECT json_array(platform, workspace, slug) AS line_key, * FROM topics ORDER BY position',
  valueOf: (row) => ({ workspace: workspaceOf(row), topic: topicOf(row) }),
  prepareWrite(database) {
    const insert = prepareInsertTopic(database);
    return ({ workspace, topic }) => insert(workspace, topic);
  },
});

const SUBSCRIPTIONS = createMover('subscriptions', {
  sql: `SELECT json_array(platform, workspace, member, kind, key) AS line_key, *
        FROM subscriptions ORDER BY position`,
  valueOf: (row) => ({ member: memberOf(row), subscription: subscriptionOf(row) }),
  prepareWrite(database) {
    const insert = prepareInsertSubscription(database);
    return ({ member, subscription }) => insert(member, subscription);
  },
});

const SAVED = createMover('saved', {
  sql: `SELECT json_array(platform, workspace, member, paper_id) AS line_key, *
        FROM saved ORDER BY platform, workspace, member, paper_id`,
  valueOf: (row) => ({ member: memberOf(row), saved: savedOf(row) }),
  prepareWrite(database) {
    const insert = prepareInsertSaved(database);
    return ({ member, saved }) => void insert(member, saved);
  },
});

const RATINGS = createMover('ratings', {
  sql: `SELECT json_array(platform, workspace, member, paper_id) AS line_key, *
        FROM ratings ORDER BY platform, workspace, member, paper_id`,
  valueOf: (row) => ({ member: memberOf(row), rating: ratingOf(row) }),
  prepareWrite(database) {
    const insert = prepareInsertRating(database, 'DO NOTHING');
    return ({ member, rating }) => insert(member, rating);
  },
});

export const PEOPLE_ROWS = {
  topics: TOPICS,
  subscriptions: SUBSCRIPTIONS,
  saved: SAVED,
  ratings: RATINGS,
};
