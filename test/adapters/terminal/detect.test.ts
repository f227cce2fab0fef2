import { describe, expect, it } from 'vitest';
import { detectTerminal } from '../../../adapters/terminal/index.ts';

type Environment = Record<string, string | undefined>;

function detect(env: Environment, isTTY: boolean | undefined) {
  const { columns: _, ...abilities } = detectTerminal({ isTTY, columns: () => 100, env });
  return abilities;
}

const NOTHING = { isTty: false, hasColor: false, hasLinks: false };

describe('what a terminal can', () => {
  it.each<[string, Environment, boolean | undefined, Partial<typeof NOTHING>]>([
    [
      'a terminal has colours',
      { TERM: 'xterm-256color' },
      true,
      { isTty: true, hasColor: true, hasLinks: false },
    ],
    ['a pipe has nothing', { TERM: 'xterm-kitty' }, false, NOTHING],
    ['a file has nothing', { TERM_PROGRAM: 'WezTerm' }, undefined, NOTHING],
    ['a dumb terminal has nothing', { TERM: 'dumb', WT_SESSION: '1' }, true, NOTHING],
    [
      'NO_COLOR takes the colours only',
      { TERM: 'xterm-kitty', NO_COLOR: '1' },
      true,
      { isTty: true, hasColor: false, hasLinks: true },
    ],
    ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, true, { hasColor: true }],
    [
      'FORCE_COLOR colours a pipe',
      { FORCE_COLOR: '1' },
      false,
      { isTty: true, hasColor: true, hasLinks: false },
    ],
    [
      'FORCE_COLOR colours a dumb terminal',
      { FORCE_COLOR: '1', TERM: 'dumb' },
      true,
      { isTty: true, hasColor: true },
    ],
    [
      'FORCE_COLOR=0 takes the colours',
      { FORCE_COLOR: '0', TERM: 'foot' },
      true,
      { isTty: true, hasColor: false, hasLinks: true },
    ],
    ['NO_COLOR wins over FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, { hasColor: false }],
    [
      'FORCE_HYPERLINK links in a pipe',
      { FORCE_HYPERLINK: '1' },
      false,
      { isTty: true, hasColor: false, hasLinks: true },
    ],
    ['FORCE_HYPERLINK links in tmux', { FORCE_HYPERLINK: '1', TMUX: '/tmp/x' }, true, { hasLinks: true }],
    ['FORCE_HYPERLINK=0 takes the links', { FORCE_HYPERLINK: '0', TERM: 'foot' }, true, { hasLinks: false }],
    [
      'an empty FORCE_HYPERLINK says nothing',
      { FORCE_HYPERLINK: '', TERM: 'foot' },
      true,
      { hasLinks: true },
    ],
  ])('%s', (_, env, isTTY, expected) => {
    expect(detect(env, isTTY)).toMatchObject(expected);
  });

  it.each<Environment>([
    { TERM_PROGRAM: 'iTerm.app' },
    { TERM_PROGRAM: 'WezTerm' },
    { TERM_PROGRAM: 'vscode' },
    { TERM_PROGRAM: 'ghostty' },
    { TERM: 'xterm-kitty' },
    { TERM: 'alacritty' },
    { TERM: 'alacritty-direct' },
    { TERM: 'foot-extra' },
    { VTE_VERSION: '7600' },
    { KONSOLE_VERSION: '230400' },
    { WT_SESSION: '9c8e' },
    { DOMTERM: 'version=3' },
  ])('%j has links', (env) => {
    expect(detect(env, true).hasLinks).toBe(true);
  });

  it.each<Environment>([
    {},
    { TERM_PROGRAM: 'Apple_Terminal' },
    { TERM: 'xterm-256color' },
    { TERM: 'footage' },
    { VTE_VERSION: '5000' },
    { VTE_VERSION: 'new' },
    { KONSOLE_VERSION: '191200' },
    { TERM: 'tmux-256color', WT_SESSION: '9c8e' },
    { TERM: 'screen', VTE_VERSION: '7600' },
    { TMUX: '/tmp/x', TERM_PROGRAM: 'WezTerm' },
    { STY: '1.pts', TERM: 'xterm-kitty' },
    { CI: 'true', TERM: 'xterm-kitty' },
  ])('%j has none', (env) => {
    expect(detect(env, true).hasLinks).toBe(false);
  });
});

describe('the width', () => {
  it.each<[number | undefined, string | undefined, number]>([
    [132, '90', 132],
    [undefined, '90', 90],
    [0, '90', 90],
    [undefined, 'wide', 80],
    [undefined, undefined, 80],
    [Number.NaN, undefined, 80],
  ])('stream %s, COLUMNS %s: %s', (columns, given, expected) => {
    expect(detectTerminal({ isTTY: true, columns: () => columns, env: { COLUMNS: given } }).columns()).toBe(
      expected,
    );
  });

  it('is that of now', () => {
    let columns = 80;
    const terminal = detectTerminal({ isTTY: true, columns: () => columns, env: {} });
    columns = 120;
    expect(terminal.columns()).toBe(120);
  });
});
