import { styleText } from 'node:util';
import type { Line, Span, Tone } from './spans.ts';

/** What the terminal understands. */
export interface Abilities {
  hasColor: boolean;
  /** OSC 8 hyperlinks. */
  hasLinks: boolean;
}

type Format = Exclude<Parameters<typeof styleText>[0], readonly unknown[]>;

/** The palette's first colours only, which every theme keeps readable on its own background. */
const FORMATS: Record<Tone, Format[]> = {
  heading: ['bold', 'cyan'],
  title: ['bold'],
  votes: ['green'],
  label: ['cyan'],
  reason: ['italic', 'magenta'],
  faint: ['dim'],
};

/** Lines as the terminal takes them, each ended by a newline; no style or link reaches over the end of a line. */
export function paint(lines: readonly Line[], abilities: Abilities): string {
  return lines
    .map((line) => {
      const end = line.findLastIndex(({ text }) => text.trim() !== '');
      return `${line
        .slice(0, end + 1)
        .map((span) => paintSpan(span, abilities))
        .join('')}\n`;
    })
    .join('');
}

function paintSpan({ text, tone, url }: Span, { hasColor, hasLinks }: Abilities): string {
  // Whether there is colour was decided by the caller, so styleText need not look at the environment.
  const styled = hasColor && tone ? styleText(FORMATS[tone], text, { validateStream: false }) : text;
  return hasLinks && url !== undefined ? `\x1b]8;;${url}\x1b\\${styled}\x1b]8;;\x1b\\` : styled;
}
