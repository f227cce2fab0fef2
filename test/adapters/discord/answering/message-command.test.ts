import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedBy } from '../../../../adapters/discord/answering/asked.ts';
import { interactionSchema, type TargetMessage } from '../../../../adapters/discord/answering/incoming.ts';
import { textOf } from '../../../../adapters/discord/answering/message-command.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { openGateway } from '../gateway/gateway-scene.ts';
import { expectClean } from './interaction-scene.ts';

const read = (message: TargetMessage) =>
  textOf({ type: 3, target_id: '7', resolved: { messages: { 7: message } } });

describe('the message that a person points at', () => {
  it('is read wherever words and addresses stand', () => {
    const text = read({
      content: 'see 2601.00001',
      embeds: [
        {
          url: 'https://arxiv.org/abs/2601.00002',
          title: '2601.00003',
          description: '2601.00004',
          fields: [{ name: '2601.00005', value: '2601.00006' }],
        },
      ],
      components: [
        {
          type: 17,
          components: [
            {
              type: 9,
              components: [{ type: 10, content: '2601.00007' }],
              accessory: { type: 2, style: 5, url: 'https://huggingface.co/papers/2601.00008' },
            },
          ],
        },
      ],
      message_snapshots: [{ message: { content: '2601.00009' } }],
    });
    for (let number = 1; number <= 9; number += 1) expect(text).toContain(`2601.0000${number}`);
  });

  it('is never longer than a text may be', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8000, minLength: 5900 }), (content) => {
        expect(read({ content }).length).toBeLessThanOrEqual(6000);
      }),
      { seed: 6, numRuns: 50 },
    );
  });

  it('may be anything: components of any shape do no harm', () => {
    fc.assert(
      fc.property(fc.array(fc.anything({ maxDepth: 6 })), (components) => {
        expect(typeof read({ components })).toBe('string');
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('without words still asks for something', () => {
    const interaction = interactionSchema.parse({
      id: '1',
      application_id: '2',
      token: 't',
      type: 2,
      user: { id: '3' },
      data: { type: 3, name: 'x', target_id: '7', resolved: { messages: { 7: { content: '' } } } },
    });
    if (interaction.type === 4) throw new Error('no command');
    expect(askedBy(interaction, [])).toEqual({ command: 'find', options: { text: ' ' }, isPaging: false });
  });
});

describe('a message that a person points at', () => {
  it('is searched for papers', async () => {
    await using scene = await openGateway();
    const { bo, channel, invocations, fake } = scene;
    const said = bo.say(channel, 'Look at https://arxiv.org/abs/2601.00001');
    await bo.useOn(said, 'Find the papers in this message');
    const list = await scene.post(channel, {
      kind: 'list',
      title: 'Today',
      sections: [{ entries: [{ number: 1, paper: aPaper({ id: '2601.00002' }) }] }],
      notes: [],
    });
    await bo.useOn(list, 'Find the papers in this message');
    expect(invocations[0]).toMatchObject({
      command: 'find',
      options: { text: 'Look at https://arxiv.org/abs/2601.00001' },
    });
    expect(String(invocations[1]?.options.text)).toContain('2601.00002');
    expectClean(fake);
  });
});
