/** What is known of the place that text is written to. */
export interface Terminal {
  /** Its width now; a window changes. */
  columns: () => number;
  /** False where no escape sequence may be written at all. */
  isTty: boolean;
  hasColor: boolean;
  /** OSC 8 hyperlinks. */
  hasLinks: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_COLUMNS = 80;

/**
 * What a stream and the environment tell of a terminal.
 *
 * `NO_COLOR` (https://no-color.org) takes the colours and leaves the links, `FORCE_COLOR` (https://force-color.org)
 * asks for colour where none was expected, in a pipe too; `FORCE_HYPERLINK=1` and `=0` decide about links.
 */
export function detectTerminal(given: {
  isTTY: boolean | undefined;
  columns: () => number | undefined;
  env: Environment;
}): Terminal {
  const { env } = given;
  const isReal = given.isTTY === true && env.TERM !== 'dumb';
  const isColorForced = isForced(env.FORCE_COLOR);
  const areLinksForced = isForced(env.FORCE_HYPERLINK);
  return {
    columns: () => positive(given.columns()) ?? positive(Number(env.COLUMNS)) ?? DEFAULT_COLUMNS,
    isTty: isReal || isColorForced === true || areLinksForced === true,
    hasColor: !env.NO_COLOR && (isColorForced ?? isReal),
    hasLinks: areLinksForced ?? (isReal && knowsLinks(env)),
  };
}

function positive(columns: number | undefined): number | undefined {
  return columns !== undefined && columns >= 1 ? columns : undefined;
}

/** Undefined when nothing was said. */
function isForced(value: string | undefined): boolean | undefined {
  return value === undefined || value === '' ? undefined : value !== '0' && value !== 'false';
}

/** Terminals by the name they give themselves (https://github.com/Alhadis/OSC8-Adoption, 2026-11-23). */
const PROGRAMS = new Set([
  'iTerm.app',
  'WezTerm',
  'vscode',
  'ghostty',
  'zed',
  'Tabby',
  'rio',
  'WarpTerminal',
]);
const TERMS = /^(xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour)(-|$)/;

/**
 * Whether a terminal shows OSC 8 hyperlinks. There is no way to ask it; one that does not know them skips them at best
 * and prints them at worst, so only known ones get them. tmux and screen pass them on or not, whatever is outside.
 */
function knowsLinks(env: Environment): boolean {
  if (env.CI || env.TMUX || env.STY || /^(tmux|screen)/.test(env.TERM ?? '')) return false;
  if (PROGRAMS.has(env.TERM_PROGRAM ?? '') || TERMS.test(env.TERM ?? '')) return true;
  // VTE 0.50.0 (5000) crashes on them; Konsole has them since 20.04.
  if (Number(env.VTE_VERSION) > 5000 || Number(env.KONSOLE_VERSION) >= 200400) return true;
  return Boolean(env.WT_SESSION || env.DOMTERM);
}
