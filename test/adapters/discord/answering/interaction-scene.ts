import { expect } from 'vitest';
import type { Invocation, Reply } from '../../../../src/command.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import type { FakeDiscord } from '../../../fakes/discord/index.ts';

export const CALLBACK = 'POST /interactions/{id}/{token}/callback';

export const PANEL: Reply = {
  visibility: 'channel',
  cards: [{ kind: 'panel', title: 'Topics', paragraphs: [], topics: BUILT_IN_TOPICS.slice(0, 3) }],
  outcome: 'done',
};

export function expectClean(fake: FakeDiscord): void {
  expect(fake.problems).toEqual([]);
  expect(fake.ownProblems).toEqual([]);
}

/** A host whose answer comes only after Discord has been told to wait. */
export function slowly(fake: () => FakeDiscord, reply: (invocation: Invocation) => Reply) {
  return async (invocation: Invocation) => {
    const before = fake().count(CALLBACK);
    await fake().until(() => fake().count(CALLBACK) > before || isAnswered(fake()));
    return reply(invocation);
  };
}

function isAnswered(fake: FakeDiscord): boolean {
  return fake.requests.some(({ path, status }) => path.endsWith('/callback') && status === 204);
}
