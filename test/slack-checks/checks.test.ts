import { describe, expect, it } from 'vitest';
import { checkMessage, checkView } from './check.ts';
import type { Shape } from './read.ts';
import { readBlockKit } from './schema.ts';

const plain = (text: string): Shape => ({ type: 'plain_text', text });
const section = (text = 'x', more: Shape = {}): Shape => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...more,
});
const actions = (...elements: Shape[]): Shape => ({ type: 'actions', elements });
const button = (more: Shape = {}): Shape => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const option = (value: string, text = value): Shape => ({ text: plain(text), value });
const select = (more: Shape = {}): Shape => ({
  type: 'static_select',
  action_id: 'pick',
  placeholder: plain('Pick'),
  options: [option('a'), option('b')],
  ...more,
});
const field = (more: Shape = {}): Shape => ({
  type: 'input',
  label: plain('Name'),
  element: { type: 'plain_text_input', action_id: 'name' },
  ...more,
});
const saying = (...blocks: Shape[]): Shape => ({ text: 'x', blocks });
const modal = (more: Shape = {}): Shape => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks: [field()],
  ...more,
});
const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('the check of a message', () => {
  it('finds nothing wrong with a good one', () => {
    const image = { type: 'image', image_url: 'https://example.com/x.png', alt_text: 'A picture' };
    const body = {
      ...saying(
        { type: 'header', text: plain('Papers') },
        section('*x*', { accessory: image, block_id: 'one' }),
        actions(button({ value: 'x'.repeat(2000) }), select({ initial_option: option('a') })),
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'x' }] },
        { type: 'divider' },
        actions(select({ options: [option('v'.repeat(150), 'Long value')] })),
      ),
      metadata: { event_type: 'paper_posted', event_payload: { id: 'x', n: 1 } },
    };
    expect(checkMessage(body)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['no body', null],
    ['no text', { blocks: [section()] }],
    ['above 40,000', { text: 'x'.repeat(40_001) }],
    ['blocks that are no list', { text: 'x', blocks: 'x' }],
    ['51 blocks', saying(...many(51, () => section()))],
    ['characters over all blocks', saying(...many(5, () => section('x'.repeat(2900))))],
    ['half a surrogate pair', saying(section('\ud800'))],
    ['the same block_id twice', saying(section('x', { block_id: 'a' }), section('x', { block_id: 'a' }))],
    ['the same action_id twice', saying(actions(button(), button()))],
    ['a section without text', saying({ type: 'section' })],
    ['a section "', saying(section('x'.repeat(3001)))],
    ['a section "', saying(section(' '))],
    ['a field "', saying(section('x', { fields: [plain('x'.repeat(2001))] }))],
    ['11 fields', saying(section('x', { fields: many(11, () => plain('x')) }))],
    ['a header', saying({ type: 'header', text: plain('x'.repeat(151)) })],
    ['0 elements in actions', saying(actions())],
    ['11 elements in context', saying({ type: 'context', elements: many(11, () => plain('x')) })],
    ['26 elements in actions', saying(actions(...many(26, (index) => button({ action_id: `${index}` }))))],
    ['a button called', saying(actions(button({ text: plain('x'.repeat(76)) })))],
    ['the value of a button', saying(actions(button({ value: 'x'.repeat(2001) })))],
    ['a button to', saying(actions(button({ url: 'javascript:alert' })))],
    ['action_id "', saying(actions(button({ action_id: 'x'.repeat(256) })))],
    ['style "', saying(actions(button({ style: 'big' })))],
    ['an option for', saying(actions(select({ options: [option('v'.repeat(151), 'x')] })))],
    ['an option called', saying(actions(select({ options: [option('v', 'x'.repeat(76))] })))],
    ['0 options', saying(actions(select({ options: [] })))],
    ['101 options', saying(actions(select({ options: many(101, (index) => option(`${index}`)) })))],
    ['the same value twice', saying(actions(select({ options: [option('a'), option('a')] })))],
    ['but not there', saying(actions(select({ initial_option: option('c') })))],
    [
      'nothing chosen at first',
      saying(actions(select({ type: 'multi_static_select', initial_options: [] }))),
    ],
    ['placeholder', saying(actions(select({ placeholder: plain('x'.repeat(151)) })))],
    ['an image without its text', saying({ type: 'image', image_url: 'https://example.com/x.png' })],
    ['an image at', saying({ type: 'image', image_url: 'x.png', alt_text: 'x' })],
    ['an alert outside', saying({ type: 'alert', text: plain('x') })],
    ['characters of markdown', saying({ type: 'markdown', text: 'x'.repeat(12_001) })],
    ['the dialog', saying(actions(button({ confirm: { text: plain('x'.repeat(301)) } })))],
    ['metadata of "', { ...saying(), metadata: { event_type: 'a b', event_payload: {} } }],
    ['metadata without', { ...saying(), metadata: { event_type: 'a' } }],
    [
      'metadata above',
      { ...saying(), metadata: { event_type: 'a', event_payload: { x: 'x'.repeat(17_000) } } },
    ],
  ])('finds: %s', (problem, body) => {
    expect(checkMessage(body, false).join('; ')).toContain(problem);
  });

  it('finds what only the description knows', ({ skip }) => {
    skip(!readBlockKit(), 'the description is not here');
    expect(checkMessage(saying(section('x', { accesory: button() }))).join()).toContain(
      'additional properties',
    );
    expect(checkMessage(saying(section('x', { accessory: { ...button(), valeu: 'x' } }))).join()).toContain(
      'button: / must NOT have additional properties',
    );
    expect(checkMessage(saying({ type: 'sectoin' })).join()).toContain('no block is a "sectoin"');
    expect(checkMessage(saying(actions({ type: 'bouton' }))).join()).toContain('no element is a "bouton"');
    const metadata = { event_type: 'a', event_payload: { deep: { deeper: { x: 1 } } } };
    expect(checkMessage({ ...saying(), metadata })).not.toEqual([]);
  });
});

describe('the check of a view', () => {
  it('finds nothing wrong with good ones', () => {
    expect(checkView(modal())).toEqual([]);
    expect(checkView({ type: 'home', blocks: many(100, () => section()) })).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['no view', 1],
    ['a view of type', modal({ type: 'page' })],
    ['a view without blocks', modal({ blocks: [] })],
    ['101 blocks', modal({ blocks: many(101, () => section()) })],
    ['the title', modal({ title: plain('x'.repeat(25)) })],
    ['the button', modal({ submit: plain('x'.repeat(25)) })],
    ['without a button to submit', modal({ submit: undefined })],
    ['private_metadata', modal({ private_metadata: 'x'.repeat(3001) })],
    ['callback_id', modal({ callback_id: 'x'.repeat(256) })],
    ['without its label', modal({ blocks: [field({ label: undefined })] })],
    ['250 kB', { type: 'home', blocks: many(100, () => section('x'.repeat(3000))) }],
    [
      'two fields',
      modal({
        blocks: many(2, () => field({ element: { type: 'plain_text_input', focus_on_load: true } })),
      }),
    ],
  ])('finds: %s', (problem, view) => {
    expect(checkView(view, false).join('; ')).toContain(problem);
  });
});
