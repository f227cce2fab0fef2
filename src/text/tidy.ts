import { visible } from './characters.ts';
import { texToUnicode } from './tex.ts';

/**
 * A title as one line of plain text: TeX as Unicode, white space collapsed, invisible characters gone.
 *
 * Empty only when nothing in it can be seen. Tidying twice changes nothing more. Addresses stay as they are, but for
 * the backslashes that TeX puts into them.
 */
export function tidyTitle(raw: string): string {
  const line = oneLine(visible(raw));
  return settled(line) || line;
}

/**
 * The same for an abstract or a summary: lines that were wrapped are joined, paragraphs (a blank line between them)
 * are kept and separated by exactly one blank line.
 */
export function tidyText(raw: string): string {
  const paragraphs = visible(raw)
    .split(/\n *(?:\n *)+/)
    .map(oneLine)
    .filter((paragraph) => paragraph !== '');
  return paragraphs.map((paragraph) => settled(paragraph) || paragraph).join('\n\n');
}

/** Undoing one layer of TeX may bare another (`\$x\$`). Real text is settled at the second look. */
const MAX_LOOKS = 8;

function settled(line: string): string {
  let text = line;
  for (let look = 0; look < MAX_LOOKS; look++) {
    const next = tidyOnce(text);
    if (next === text) return text;
    text = next;
  }
  return settleByForce(text);
}

/** Layers without end are nobody's sentence: what spells TeX goes, and then nothing is left to undo. */
function settleByForce(text: string): string {
  return oneLine(visible(text.replace(/[\\{}$^_~`]/g, ' ')));
}

function tidyOnce(line: string): string {
  return oneLine(visible(texToUnicode(line)));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
