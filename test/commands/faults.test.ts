import { describe, expect, it } from 'vitest';
import type { OptionValue } from '../../src/command.ts';
import { closeAfter } from '../closing.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { SUNDAY } from '../members.ts';
import { openWorld, PLACE, type World } from '../world.ts';

/** A world in whose channel nothing may be posted. */
async function openClosed(): Promise<World> {
  const clock = createFakeClock(SUNDAY);
  const adapter = createMemoryAdapter({ ...PLACE, clock });
  const obstacles = async () => ['I may not write there.'];
  return closeAfter(await openWorld(SUNDAY, { clock, adapter: Object.assign(adapter, { obstacles }) }));
}

describe('a refusal names the option that it is about', () => {
  it.each<[string, Record<string, OptionValue>, string]>([
    ['feed add', {}, 'channel'],
    ['feed add', { channel: '@ada' }, 'channel'],
    ['feed add', { topics: 'no-such-topic' }, 'topics'],
    ['feed show', { id: 'nope' }, 'id'],
    ['topics add', { name: '!', query: 'proteins' }, 'name'],
    ['topics add', { name: 'Agents', query: 'agents' }, 'name'],
    ['topics add', { name: 'Proteins', query: 'proteins', emoji: 'x' }, 'emoji'],
    ['topics add', { name: 'Proteins', query: 'proteins', emoji: '🤖' }, 'emoji'],
    ['topics add', { name: 'Proteins', query: ' ' }, 'query'],
    ['topics remove', { name: 'agents' }, 'name'],
    ['topics remove', { name: 'nothing' }, 'name'],
    ['topics panel', { topics: 'nothing' }, 'topics'],
    ['follow', { what: ',' }, 'what'],
    ['follow', { what: 'no-such-topic' }, 'what'],
    ['unfollow', { what: 'agents' }, 'what'],
    ['save', { paper: '2611.00001', remove: true }, 'paper'],
    ['show', { paper: 'banana' }, 'paper'],
    ['find', { text: 'nothing here' }, 'text'],
    ['following', { time: '25:00' }, 'time'],
    ['following', { zone: 'Mars' }, 'zone'],
    ['following', { time: '10:00', 'with-edition': true }, 'with-edition'],
    ['delivery resend', { id: 'nothing' }, 'id'],
    ['help', { command: 'nonsense' }, 'command'],
  ])('%s %j: %s', async (command, options, option) => {
    const { give } = await openClosed();
    expect(await give(command, options)).toMatchObject({ outcome: 'refused', option });
  });

  it.each<[string, Record<string, OptionValue>]>([
    ['feed show', {}],
    ['feed edit', { id: 'feed01' }],
    ['saved', { format: 'bibtex' }],
    ['today', { nonsense: 1 }],
    ['nonsense', {}],
  ])('%s %j: none, where it is about no option of the command', async (command, options) => {
    const { give } = await openClosed();
    const reply = await give(command, options);
    expect(reply.outcome).toBe('refused');
    expect(reply).not.toHaveProperty('option');
  });
});
