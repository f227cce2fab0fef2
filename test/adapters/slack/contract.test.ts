import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testAdapter } from '../../contracts/adapter.ts';
import { closeSlackSite, openSlackSite, type SlackSite, slackSubject } from './bench.ts';

describe.each([
  ['that may look', true],
  ['of least privilege', false],
])('an installation %s', (kind, mayLook) => {
  let site: SlackSite;
  beforeAll(async () => {
    site = await openSlackSite(mayLook);
  });
  afterAll(() => closeSlackSite(site));

  testAdapter(slackSubject(`slack, ${kind}`, mayLook, () => site));

  it('all that was asked fits Slack’s own rules', () => {
    expect(site.fake.problems).toEqual([]);
    expect(site.fake.ownProblems).toEqual([]);
  });
});
