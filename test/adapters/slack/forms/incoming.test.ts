import { describe, expect, it } from 'vitest';
import { readPress, readSubmission, readSuggestion } from '../../../../adapters/slack/forms/incoming.ts';

const HAS_US = 'T0000001';
const OTHER = 'T0000002';

/** What a member of another team does in a channel that both teams share. */
const DONE = {
  user: { id: 'U0000001', team_id: OTHER },
  team: { id: OTHER },
  view: { id: 'V1', app_installed_team_id: HAS_US },
};

describe('what is done in a view', () => {
  it.each([
    ['a press', () => readPress({ ...DONE, actions: [{ action_id: 'home:feed-add' }] })],
    ['a submission', () => readSubmission(DONE)],
    ['what is typed into a select', () => readSuggestion({ ...DONE, action_id: 'home:zone', value: 'b' })],
  ])('belongs to the team that has us: %s', (_, read) => {
    expect(read().ids).toEqual({ team: HAS_US, channel: '@U0000001', user: 'U0000001', userTeam: OTHER });
  });
});
