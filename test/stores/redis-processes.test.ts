import { expect, it } from 'vitest';
import { describeWith } from '../servers/index.ts';
import { expectPlanned, planAndDie, startChild } from './children.ts';
import { botOf, createKit } from './redis-kit.ts';

const { open } = createKit();

describeWith('redis', 'processes on one Redis', (url) => {
  it('that are killed leave every day that they said, and no half of another', async () => {
    const own = botOf(url);
    const store = await open(own);
    let from = '2026-11-23';
    for (const killAfter of [1, 7, 31]) {
      const days = await planAndDie(own, from, killAfter);
      expect(days.length).toBeGreaterThanOrEqual(killAfter);
      from = await expectPlanned(store, days, from);
    }
  });

  it('may open a new store at the same moment, and share its claims out', async () => {
    const own = botOf(url);
    const children = await Promise.all(
      ['one', 'two', 'three'].map((owner) => startChild(own, 'claim', owner)),
    );
    for (const { process } of children) process.stdin.write('open\n');
    for (let index = 0; index < 100; index += 1) {
      for (const { process } of children) process.stdin.write(`key ${index}\n`);
      const answers = await Promise.all(children.map(({ lines }) => lines.next()));
      expect(answers.map(({ value }) => value).sort()).toEqual(['false', 'false', 'true']);
    }
    for (const { process } of children) process.stdin.end();
    const ends = await Promise.all(children.map(({ lines }) => lines.next()));
    expect(ends.every(({ done }) => done)).toBe(true);
  });
});
