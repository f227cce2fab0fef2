import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../adapters/slack/cards/limits.ts';
import {
  actionsBlocks,
  buttonOf,
  context,
  divider,
  header,
  image,
  linkButton,
  multiSelectOf,
  notesIn,
  optionOf,
  plainLabel,
  section,
  sections,
  selectOf,
} from '../../../../adapters/slack/cards/parts.ts';
import { checkBlocks } from '../../../slack-checks/check.ts';

const LONG = '& long '.repeat(1000);
const action = (index: number) => ({
  label: LONG,
  command: 'save',
  options: { paper: `2611.${10_000 + index}` },
});
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => optionOf(LONG, `value-${index}`));
const chooser = (count: number) => ({
  index: 0,
  command: 'follow',
  choose: 'what',
  placeholder: LONG,
  options: options(count),
});

describe('parts', () => {
  it('keep their limits, whatever is said in them', () => {
    const buttons = Array.from({ length: 30 }, (_, index) => buttonOf(action(index), index)).flatMap(
      (button) => button ?? [],
    );
    const select = selectOf(chooser(120));
    const several = multiSelectOf(chooser(120));
    expect(several?.options).toHaveLength(LIMITS.options);
    const picture = image({ url: 'https://example.com/x.png', altText: LONG });
    for (const blocks of [
      [header(LONG), divider()],
      section(['x'], picture),
      section(['x'], several),
      actionsBlocks([...buttons, linkButton(LONG, 'https://example.com/', 0)]),
      actionsBlocks(select ? [select] : []),
      sections(Array.from({ length: 4 }, () => 'x'.repeat(2000))),
      context(
        notesIn(
          Array.from({ length: 40 }, () => LONG),
          1200,
        ),
      ),
    ])
      expect(checkBlocks(blocks, 'message')).toEqual([]);
    expect(actionsBlocks(buttons)).toHaveLength(2);
  });

  it('are not there where they would be empty', () => {
    expect(section([undefined, ''])).toEqual([]);
    expect(sections([''])).toEqual([]);
    expect(context([])).toEqual([]);
    expect(actionsBlocks([])).toEqual([]);
    expect(selectOf(chooser(0))).toBeUndefined();
    expect(buttonOf({ label: 'x', command: 'search', options: { query: LONG } }, 0)).toBeUndefined();
  });

  it('hold as many lines as fit into each section, in their order', () => {
    const lines = Array.from({ length: 9 }, (_, index) => String(index).repeat(1000));
    const texts = sections(lines).map(({ text }) => text?.text ?? '');
    expect(texts.every((text) => text.length <= LIMITS.sectionText)).toBe(true);
    expect(texts.join('\n')).toBe(lines.join('\n'));
    expect(texts).toHaveLength(5);
  });

  it('say something where there is nothing to say', () => {
    expect(plainLabel('\u200b', 10)).toMatchObject({ text: '…' });
  });
});
