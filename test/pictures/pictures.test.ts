import { describe, expect, it } from 'vitest';
import { checkMessage } from '../discord-checks/check.ts';
import { assertInert } from '../discord-checks/inert.ts';
import { checkMessage as checkSlackMessage, checkView } from '../slack-checks/check.ts';
import { checkInert } from '../slack-checks/inert.ts';
import { preview } from './preview.ts';
import { SCENES } from './scenes.ts';
import { preview as slackPreview } from './slack-preview.ts';
import { SLACK_SCENES } from './slack-scenes.ts';

const OUTSIDE = /(?:src|href)=|url\(|@import|<img|<link/;

describe.each(Object.entries(SCENES))('picture discord-%s', (_, scenes) => {
  it('shows messages that Discord would take', () => {
    const bodies = scenes.flatMap(({ messages }) => messages.map(({ body }) => body));
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      expect(checkMessage(body)).toEqual([]);
      assertInert(body);
    }
  });

  it('needs nothing from outside', () => {
    expect(preview(scenes)).not.toMatch(OUTSIDE);
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

describe('the preview of Slack', () => {
  const plain = (text: string) => ({ type: 'plain_text', text });
  const option = (value: string) => ({ text: plain(`Option ${value}`), value });
  const options = [option('a'), option('b')];
  const field = (element: Record<string, unknown>) => ({
    type: 'input',
    label: plain('A label'),
    hint: plain('A hint'),
    optional: true,
    element: { action_id: 'x', ...element },
  });

  it('draws modals and Home tabs, with what is chosen in them', () => {
    const view = {
      type: 'modal',
      title: plain('The title'),
      submit: plain('Keep'),
      blocks: [
        field({ type: 'plain_text_input', initial_value: 'typed', multiline: true }),
        field({ type: 'static_select', placeholder: plain('Choose'), options, initial_option: options[1] }),
        field({ type: 'checkboxes', options, initial_options: [options[0]] }),
        field({ type: 'radio_buttons', options }),
        field({ type: 'timepicker', initial_time: '09:00' }),
        { type: 'divider' },
        { type: 'section', fields: [plain('one'), plain('two')] },
      ],
    };
    const home = { type: 'home', blocks: [{ type: 'context', elements: [plain('Small print')] }] };
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

  it('says what it cannot draw', () => {
    const scene = (block: unknown) => [{ place: 'x', shown: [{ body: { blocks: [block] } }] }];
    expect(() => slackPreview(scene({ type: 'video' }))).toThrow('video');
    expect(() => slackPreview(scene({ type: 'actions', elements: [{ type: 'other' }] }))).toThrow('other');
  });
});
