import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../adapters/slack/cards/limits.ts';
import {
  besideOf,
  chooseId,
  linkId,
  pressId,
  readAction,
  readChooser,
  valueWith,
  writePress,
} from '../../../../adapters/slack/cards/press.ts';
import { commands } from '../../../../commands/index.ts';
import { aPress, DAMAGED_PRESSES } from '../../../presses.ts';

const button = (value: string, index = 0) => ({ type: 'button', action_id: pressId(index), value });
const select = (written: string, ...values: string[]) => ({
  type: 'multi_static_select',
  action_id: chooseId(3, written),
  selected_options: values.map((value) => ({ value })),
});

describe('presses', () => {
  it('come back as they were written, whatever the options say, and in what Slack tells as it is', () => {
    fc.assert(
      fc.property(aPress, (press) => {
        const written = writePress(press);
        if (written === undefined) return;
        expect(written.length).toBeLessThanOrEqual(LIMITS.buttonValue);
        expect(written).toMatch(/^[^\s&<>]+$/);
        expect(readAction(button(written), commands)).toEqual(press);
      }),
      { numRuns: 1000 },
    );
  });

  it('are short for what our messages ask most', () => {
    expect(writePress({ command: 'rate', options: { paper: '2608.19880', verdict: 'down' } })).toBe(
      'rate|paper=2608.19880|verdict=down',
    );
    expect(writePress({ command: 'show', options: {} }, 'paper')).toBe('show|paper?');
    expect(writePress({ command: 'feed show', options: { feed: 'a b' } })).toBe('feed+show|feed=a+b');
  });

  it('are undefined where they are too long for a button, or for the id of a select, or are no text', () => {
    const query = (length: number) => ({ command: 'search', options: { query: 'x'.repeat(length) } });
    expect(writePress(query(1980))).toBeDefined();
    expect(writePress(query(1990))).toBeUndefined();
    expect(writePress(query(230), 'page')).toBeUndefined();
    expect(chooseId(99, writePress(query(220), 'page') ?? '').length).toBeLessThanOrEqual(LIMITS.actionId);
    expect(writePress({ command: 'search', options: { query: '\ud800' } })).toBeUndefined();
  });

  it.each([...DAMAGED_PRESSES, 'show|paper?'])('nothing is read from a button with %j', (damaged) => {
    expect(readAction(button(damaged), commands)).toBeUndefined();
  });

  it('nothing is read from what is for somebody else, or from a link', () => {
    const value = 'show|paper=2608.19880';
    for (const id of ['share:1', linkId(0), 'show', 'choose', '', 'press']) {
      const read = readAction({ type: 'button', action_id: id, value }, commands);
      if (id === 'press') expect(read).toBeDefined();
      else expect(read).toBeUndefined();
    }
  });

  it('never throw, whatever comes', () => {
    const aPart = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('show', 'press:', 'choose:', '|', '~', '=', '?', '+', 'paper', '%'),
    );
    fc.assert(
      fc.property(fc.array(aPart), fc.array(aPart), fc.anything(), (id, value, anything) => {
        readAction({ action_id: id.join(''), value: value.join('') }, commands);
        readAction(anything, commands);
        readChooser(id.join(''), commands);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('selects', () => {
  it('fill their option with what is chosen, several of them joined by commas', () => {
    expect(readAction(select('follow|what?', 'agents', valueWith('video', '🎬')), commands)).toEqual({
      command: 'follow',
      options: { what: 'agents,video' },
    });
    const one = {
      type: 'static_select',
      action_id: chooseId(0, 'show|paper?'),
      selected_option: { value: '2608.19880' },
    };
    expect(readAction(one, commands)).toEqual({ command: 'show', options: { paper: '2608.19880' } });
    expect(readAction(select('today|limit?', '5'), commands)).toEqual({
      command: 'today',
      options: { limit: 5 },
    });
  });

  it('give nothing while nothing is chosen, or what is chosen does not fit', () => {
    expect(readAction(select('follow|what?'), commands)).toBeUndefined();
    expect(
      readAction({ action_id: chooseId(0, 'show|paper?'), selected_option: null }, commands),
    ).toBeUndefined();
    expect(readAction(select('today|limit?', 'ten'), commands)).toBeUndefined();
    expect(readAction(select('follow', 'agents'), commands)).toBeUndefined();
  });

  it('keep beside a value what is none of what is chosen, where there is room', () => {
    expect(besideOf(valueWith('agents', '🤖'))).toBe('🤖');
    const long = 'x'.repeat(LIMITS.optionValue);
    expect(valueWith(long, '🤖')).toBe(long);
    expect(besideOf(long)).toBeUndefined();
  });
});
