import { describe } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Services } from '../../src/abilities.ts';
import type { Command } from '../../src/command.ts';
import { RefusedError } from '../../src/errors.ts';
import { describeContract, expectToFail } from '../contracts/cases.ts';
import { commandContract } from '../contracts/command.ts';
import { rejected } from '../fixtures/failures.ts';
import { aPaper, somePapers } from '../fixtures/papers.ts';
import { openWorld } from '../world.ts';

const SUNDAY = '2026-11-22T12:00:00.000Z';
const NOW = '2026-11-23T12:00:00.000Z';

/** What somebody has done before, so that there is something to undo. */
const SETTINGS: [string, Record<string, string>][] = [
  ['follow', { what: 'agents' }],
  ['save', { paper: '2608.19880' }],
  ['topics add', { name: 'protein design', query: 'protein' }],
];

/** Asks nobody. */
const MAIL: NonNullable<Services['mail']> = {
  async invite(address) {
    if (!address.includes('@')) throw new RefusedError('no-mail-address', '', 'address');
    return 'asked';
  },
};

/** A world in which every example of the list has something to show, or to decide. */
async function open() {
  const world = await openWorld(SUNDAY);
  const { source, services, addFeed, adapter, clock, tickAt } = world;
  const papers = somePapers('2611', [3, 2, 1]);
  const { id } = await addFeed({ time: '00:00', patienceHours: 0 });
  source.set({ kind: 'daily', key: '2026-11-20' }, papers);
  adapter.failNext(rejected());
  await tickAt('2026-11-23T00:00:00.000Z');
  clock.set(NOW);
  source.set({ kind: 'daily', key: '2026-11-23' }, papers);
  source.set({ kind: 'weekly', key: '2026-W48' }, papers);
  source.set({ kind: 'monthly', key: '2026-11' }, papers);
  source.set({ kind: 'trending', key: 'now' }, papers);
  source.set({ kind: 'search', key: 'gaussian splatting' }, [
    aPaper({ id: '2608.19880', abstract: 'Short.' }),
  ]);
  const adapt = (example: string) => example.replace('k4t2m9', id);
  await world.give('show', { paper: '2608.19880' });
  for (const [command, options] of SETTINGS) await world.give(command, options);
  return { services: { ...services, mail: MAIL }, at: NOW, adapt, close: world.close };
}

describeContract('the command contract: all commands', commandContract({ commands, open }));

describe('the suite itself', () => {
  const [first, second] = commands as [Command, Command];
  const broken: Record<string, Command> = {
    'a description that Discord would refuse': { ...first, summary: 'x'.repeat(101) },
    'a description that is a sentence': { ...first, summary: 'Shows the papers.' },
    'a name in capitals': { ...first, name: 'Today' },
    'an example of another command': { ...first, example: 'week' },
    'an option twice': { ...first, options: [...first.options, ...first.options] },
    'a reply without cards': {
      ...first,
      run: async () => ({ visibility: 'private', cards: [], outcome: 'done' }),
    },
    'a fault instead of a sentence': {
      ...first,
      run: async () => {
        throw new TypeError('x is undefined');
      },
    },
    'an answer that says less in another language': {
      ...first,
      run: async (invocation, services) => {
        const reply = await first.run(invocation, services);
        return invocation.locale === 'de' ? { ...reply, data: 'Deutsch' } : reply;
      },
    },
    'a reply that is no plain data': {
      ...first,
      run: async () => ({
        visibility: 'private',
        cards: [{ kind: 'text', title: 'A', paragraphs: [] }],
        outcome: 'done',
        data: new Map(),
      }),
    },
  };
  const unbroken = commandContract({ commands: [first, second], open });
  describeContract('on commands that obey it', unbroken);
  for (const [what, command] of Object.entries(broken)) {
    expectToFail(what, commandContract({ commands: [command, second], open }));
  }
  expectToFail('a command that is there twice', commandContract({ commands: [first, second, first], open }));
});
