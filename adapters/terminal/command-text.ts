import type { CardAction } from '../../src/domain/card.ts';

/** Nothing in it means anything to a shell. */
const PLAIN_WORD = /^[\w@%+:,./-][\w@%+:,./#=-]*$/;
/** `readTyped` could take it for an option. */
const NAMED = /^(--|[\p{L}_-]+\s*[:=])/u;

/**
 * An action as it is typed in a shell, the inverse of `parseInvocation`: `paperwire paper delivery resend feed@…#2`.
 *
 * A single text needs no name; an action that gives one only gives the command's first text option.
 */
export function commandText({ command, options }: Pick<CardAction, 'command' | 'options'>): string {
  const given = Object.entries(options);
  const words = given.map(([name, value]) => {
    if (value === true) return `--${name}`;
    if (value === false) return `--${name}=no`;
    const word = quoted(String(value));
    const isBare = given.length === 1 && typeof value === 'string' && value !== '' && !NAMED.test(value);
    return isBare ? word : `--${name} ${word}`;
  });
  return ['paperwire paper', command, ...words].join(' ');
}

function quoted(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
