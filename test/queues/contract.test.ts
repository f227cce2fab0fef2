import { describe, expect, it } from 'vitest';
import { failedCases, QUEUE_CASES } from '../contracts/queue.ts';
import type { QueueSubject } from '../contracts/queue-world.ts';
import { describeWith } from '../servers/index.ts';
import { BROKEN_LOCAL, BROKEN_SHARED, type BrokenQueue } from './broken.ts';
import { local, onRedis } from './subjects.ts';

function broken(subject: QueueSubject, { fault, breaks }: BrokenQueue): QueueSubject {
  return {
    ...subject,
    name: fault,
    async makePlace() {
      const place = await subject.makePlace();
      const noted = new Set<string>();
      return { ...place, open: async (dependencies) => breaks(await place.open(dependencies), noted) };
    },
  };
}

function testFaults(subject: QueueSubject, faults: readonly BrokenQueue[]): void {
  it.each(faults)('$fault', async (one) => {
    const { failed, tried } = await failedCases(broken(subject, one), one.noticedBy);
    expect(tried).not.toEqual([]);
    expect(failed).toEqual(tried);
  });
}

describe('the contract notices in this process when', () => testFaults(local, BROKEN_LOCAL));
describeWith('redis', 'the contract notices between processes when', (url) => {
  testFaults(onRedis(url), BROKEN_SHARED);
});

it('each case of the contract can fail', () => {
  const parts = [...BROKEN_LOCAL, ...BROKEN_SHARED].map(({ noticedBy }) => noticedBy);
  const unproven = QUEUE_CASES.filter(({ title }) => !parts.some((part) => title.includes(part)));
  expect(unproven.map(({ title }) => title)).toEqual([]);
});
