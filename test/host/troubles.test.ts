import { describe, expect, it } from 'vitest';
import type { Services, Trouble } from '../../src/abilities.ts';
import type { Command, Reply } from '../../src/command.ts';
import { StoreError } from '../../src/errors.ts';
import { createHost } from '../../src/host.ts';
import { PLACE } from '../world.ts';
import { NEEDS } from './hosts.ts';

describe('what the caller must be told beside the answer', () => {
  const asked = {
    options: {},
    place: PLACE,
    member: { id: 'm', isManager: false },
    at: '2026-11-23T12:00:00.000Z',
  };

  function aCommand(name: string, visibility: Reply['visibility']): Command {
    const cards = [{ kind: 'text' as const, title: name, paragraphs: [] }];
    const run = async () => ({ visibility, cards, outcome: 'done' as const });
    return { name, summary: name, options: [], audience: 'member', example: name, run };
  }

  /** A host whose caller is in trouble until they have been told. */
  function openTroubled(trouble: Trouble, ...commands: Command[]) {
    const troubles = [trouble];
    const services = { people: { trouble: async () => troubles.shift() } } as unknown as Services;
    return createHost(commands, services, NEEDS);
  }

  it('comes once, with the way out', async () => {
    const host = openTroubled('messages-closed', aCommand('ask', 'private'));
    const { cards } = await host.run({ command: 'ask', ...asked });
    expect(cards).toMatchObject([
      { title: 'ask' },
      {
        title: 'By the way',
        paragraphs: [expect.stringContaining('your direct messages are closed to me')],
        actions: [{ label: 'Thread here', command: 'following', options: { thread: true } }],
      },
    ]);
    expect((await host.run({ command: 'ask', ...asked })).cards).toHaveLength(1);
  });

  it('offers no thread to one who follows too much', async () => {
    const { cards } = await openTroubled('full', aCommand('ask', 'private')).run({
      command: 'ask',
      ...asked,
    });
    expect(cards[1]).toMatchObject({ title: 'By the way', actions: [] });
  });

  it('is told in the language of the caller', async () => {
    const locale = 'de' as const;
    const { cards } = await openTroubled('full').run({ command: 'ask', ...asked, locale });
    expect(JSON.stringify(cards)).toContain('und mehr geht nicht');
  });

  it('comes with a refusal, too', async () => {
    const { cards } = await openTroubled('thread-closed').run({ command: 'ask', ...asked });
    expect(cards).toMatchObject([{ title: 'That did not work' }, { title: 'By the way' }]);
  });

  it('is shown to no channel, but kept for the next answer', async () => {
    const host = openTroubled('not-asked', aCommand('panel', 'channel'), aCommand('ask', 'private'));
    const shown = await host.run({ command: 'panel', ...asked });
    expect(shown).toMatchObject({ visibility: 'channel', cards: [{ title: 'panel' }] });
    expect((await host.run({ command: 'ask', ...asked })).cards).toHaveLength(2);
  });

  it('spoils no answer where nobody can tell', async () => {
    const trouble = async () => {
      throw new StoreError('read');
    };
    const services = { people: { trouble } } as unknown as Services;
    const reply = await createHost([aCommand('ask', 'private')], services, NEEDS).run({
      command: 'ask',
      ...asked,
    });
    expect(reply).toMatchObject({ outcome: 'done', cards: [{ title: 'ask' }] });
  });
});
