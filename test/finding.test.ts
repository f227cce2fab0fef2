import { describe, expect, it } from 'vitest';
import { attempt, closed, fine, ofClock, warning, wrong } from '../src/finding.ts';

const NOW = '2026-11-23T09:00:00.000Z';

it('a finding says how it is, and what to do where something is to be done', () => {
  expect(fine('It is.')).toEqual({ state: 'fine', sentence: 'It is.' });
  expect(warning('It is not quite.', 'Look.')).toEqual({
    state: 'warning',
    sentence: 'It is not quite.',
    mend: 'Look.',
  });
  expect(wrong('It is not.', 'Act.')).toEqual({ state: 'wrong', sentence: 'It is not.', mend: 'Act.' });
});

describe('what cannot be looked at', () => {
  const mend = 'Try again in a minute. If it stays so: can this machine reach Discord?';

  it('is a finding of its own', async () => {
    const look = async () => {
      throw new Error('It is busy.');
    };
    const sentence = 'The gateway could not be looked at. It is busy.';
    expect(await attempt('The gateway', 'Discord', look)).toEqual([wrong(sentence, mend)]);
    expect(closed('Feed a', 'a word', 'Discord').sentence).toBe('Feed a could not be looked at. a word');
  });

  it('is none where it can', async () => {
    expect(await attempt('The gateway', 'Discord', async () => [fine('It is.')])).toEqual([fine('It is.')]);
  });
});

describe('the clock', () => {
  it.each([
    ['2026-11-23T09:00:29.999Z', 'fine', 'The clock of this machine is right to 30 s.'],
    ['2026-11-23T09:00:30.000Z', 'warning', 'The clock of this machine is 30 s behind Slack’s.'],
    ['2026-11-23T08:59:00.000Z', 'warning', 'The clock of this machine is 60 s ahead of Slack’s.'],
    ['2026-11-23T08:55:00.000Z', 'wrong', 'The clock of this machine is 300 s ahead of Slack’s.'],
    [undefined, 'warning', 'Slack does not tell its time.'],
  ])('where the platform says %s is %s', (at, state, sentence) => {
    expect(ofClock(at, NOW, 'Slack')).toMatchObject({ state, sentence });
  });
});
