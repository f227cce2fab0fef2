import { describe, expect, it } from 'vitest';
import { withClient } from './connected.ts';
import { messageText, readSpecs, viewText } from './index.ts';
import { createSchemas } from './schemas.ts';
import type { Message, View } from './state.ts';

describe('the descriptions', () => {
  it('show what the fake itself sends wrong', ({ skip }) => {
    const specs = readSpecs();
    skip(!specs, 'the descriptions are not here');
    const found = { problems: [], ownProblems: [] as string[] };
    const { checkInbound } = createSchemas(specs, found);
    checkInbound('slash_commands', { command: '/paper' });
    checkInbound('events_api', { type: 'event_callback', event: { type: 'reaction_added', reaction: 1 } });
    checkInbound('interactive', { type: 'view_submission', user: {} });
    checkInbound('interactive', { type: 'block_actions', actions: [{ type: 'button' }] });
    for (const name of ['command', 'envelope', 'reaction_added', 'view', 'button'])
      expect(found.ownProblems.some((one) => one.startsWith(`${name} `))).toBe(true);
  });

  it('are left out on demand; the rules by hand stand alone', async () => {
    const { fake, client, channel } = await withClient({ specs: false });
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x' }, misspelt: true }];
    await client.chat.postMessage({ channel: channel.id, text: 'x', blocks } as never);
    expect(fake.problems).toEqual([]);
    await expect(
      client.chat.postMessage({ channel: channel.id, text: 'x', blocks: [{ type: 'section' }] } as never),
    ).rejects.toThrow('invalid_blocks');
    expect(fake.problems).toEqual(['chat.postMessage: a section without text and fields']);
  });
});

describe('the text of what is shown', () => {
  const shown = (parts: Partial<Message>) =>
    messageText({
      text: '',
      blocks: [],
      attachments: [],
      files: [],
      unfurls: new Map(),
      ...parts,
    } as unknown as Message);

  it.each<[Partial<Message>, string]>([
    [
      { text: 'a &lt;b&gt; &amp; <https://x.example|c> <https://y.example>' },
      'a <b> & c (https://x.example) https://y.example',
    ],
    [{ text: 'hidden', blocks: [{ type: 'header', text: { type: 'plain_text', text: '&amp;' } }] }, '&amp;'],
    [{ blocks: [{ type: 'section', fields: [{ type: 'mrkdwn', text: '*a*' }] }] }, '*a*'],
    [
      { blocks: [{ type: 'image', alt_text: 'A picture', title: { type: 'plain_text', text: 'T' } }] },
      'T\nA picture',
    ],
    [
      {
        blocks: [
          {
            type: 'actions',
            elements: [
              { type: 'button', text: { type: 'plain_text', text: 'Go' }, url: 'https://x.example' },
            ],
          },
        ],
      },
      'Go (https://x.example)',
    ],
    [
      { attachments: [{ title: 'T', title_link: 'https://x.example', text: 'x' }] },
      'T (https://x.example)\nx',
    ],
    [
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'a ' },
                  { type: 'link', url: 'https://x.example', text: 'b' },
                ],
              },
            ],
          },
        ],
      },
      'a b (https://x.example)',
    ],
    [
      {
        unfurls: new Map([['x', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'card' } }] }]]),
      },
      'card',
    ],
  ])('is read as people read it: %j', (parts, text) => {
    expect(shown(parts)).toBe(text);
  });

  it('is nothing where there is nothing', () => {
    expect([messageText(undefined), viewText(undefined)]).toEqual(['', '']);
    const view = {
      title: { text: 'T' },
      blocks: [{ block_id: 'b', type: 'divider' }],
      errors: { b: 'Wrong' },
    };
    expect(viewText(view as unknown as View)).toBe('T\nWrong');
  });
});
