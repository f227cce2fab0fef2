import type { types } from '@slack/bolt';
import type { APIMessageTopLevelComponent } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../discord-checks/check.ts';
import { assertInert } from '../discord-checks/inert.ts';
import { checkMail } from '../mail-checks/check.ts';
import { checkInert as checkInertMail } from '../mail-checks/inert.ts';
import { checkMessage as checkSlackMessage, checkView } from '../slack-checks/check.ts';
import { checkInert } from '../slack-checks/inert.ts';
import { preview as discordPreview } from './discord-preview.ts';
import { DISCORD_SCENES } from './discord-scenes.ts';
import { MAIL_SCENES } from './mail-scenes.ts';
import { preview as slackPreview } from './slack-preview.ts';
import { SLACK_SCENES } from './slack-scenes.ts';

const OUTSIDE = /\bsrc=|url\(|@import|<img|<link/;

describe.each(Object.entries(DISCORD_SCENES))('picture discord-%s', (_, scenes) => {
  it('shows messages that Discord would take', () => {
    const bodies = scenes.flatMap(({ messages }) => messages.map(({ body }) => body));
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      expect(checkMessage(body)).toEqual([]);
      assertInert(body);
    }
  });

  it('needs nothing from outside', () => {
    expect(discordPreview(scenes)).not.toMatch(OUTSIDE);
  });
});

describe.each(Object.entries(SLACK_SCENES))('picture slack-%s', (_, scenes) => {
  it('shows messages and views that Slack would take', () => {
    const all = scenes.flatMap(({ shown }) => shown);
    expect(all.length).toBeGreaterThan(0);
    for (const one of all) {
      expect('view' in one ? checkView(one.view) : checkSlackMessage(one.body)).toEqual([]);
      expect(checkInert('view' in one ? one.view : one.body)).toEqual([]);
    }
  });

  it('needs nothing from outside', () => {
    expect(slackPreview(scenes)).not.toMatch(OUTSIDE);
  });
});

describe.each(Object.entries(MAIL_SCENES))('picture mail-%s', (_, { mail }) => {
  it('shows a mail that is good and inert', () => {
    expect(checkMail(mail)).toEqual([]);
    expect(checkInertMail(mail)).toEqual([]);
  });
});

describe('the preview of Slack', () => {
  const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
  const option = (value: string): types.PlainTextOption => ({ text: plain(`Option ${value}`), value });
  const options = [option('a'), option('b')];
  const field = (element: types.InputBlock['element']): types.InputBlock => ({
    type: 'input',
    label: plain('A label'),
    hint: plain('A hint'),
    optional: true,
    element,
  });

  it('draws modals and Home tabs, with what is chosen in them', () => {
    const view: types.ModalView = {
      type: 'modal',
      title: plain('The title'),
      submit: plain('Keep'),
      blocks: [
        field({ type: 'plain_text_input', initial_value: 'typed', multiline: true }),
        field({ type: 'static_select', placeholder: plain('Choose'), options, initial_option: option('b') }),
        field({ type: 'checkboxes', options, initial_options: options.slice(0, 1) }),
        field({ type: 'radio_buttons', options }),
        field({ type: 'timepicker', initial_time: '09:00' }),
        { type: 'divider' },
        { type: 'section', fields: [plain('one'), plain('two')] },
      ],
    };
    const home: types.HomeView = {
      type: 'home',
      blocks: [{ type: 'context', elements: [plain('Small print')] }],
    };
    const page = slackPreview([{ place: 'Home', shown: [{ view }, { view: home }] }]);
    for (const seen of [
      'The title',
      'Keep',
      'Cancel',
      'A hint',
      'typed',
      'Option b',
      '09:00',
      'two',
      'Small print',
    ])
      expect(page).toContain(seen);
    expect(page.match(/class="box on"/g)).toHaveLength(1);
    expect(page).not.toMatch(OUTSIDE);
  });
});

describe('the previews', () => {
  it('say what they cannot draw', () => {
    const slack = (block: unknown) => [
      { place: 'x', shown: [{ body: { blocks: [block as types.KnownBlock] } }] },
    ];
    expect(() => slackPreview(slack({ type: 'video' }))).toThrow('video');
    expect(() => slackPreview(slack({ type: 'actions', elements: [{ type: 'other' }] }))).toThrow('other');
    const components = [{ type: 14 }] as APIMessageTopLevelComponent[];
    expect(() => discordPreview([{ place: 'x', messages: [{ body: { components } }] }])).toThrow('type 14');
  });
});
