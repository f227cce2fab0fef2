import { readNamed } from './tex-commands.ts';
import { ahead, groupEnd, type Piece, type Place, readGroup } from './tex-source.ts';
import { ATTACHABLE, BARE_STYLES, COLOUR_NAME, IN_SCRIPT, MATH_ONLY, SYMBOLS } from './tex-symbols.ts';

/**
 * Reads one word, which may be a command that lost its backslash.
 *
 * Most such commands are English words too ("times", "in", "pi"), so each rule below asks for mathematics beside it;
 * without that the word stays.
 */
export function readWord(place: Place): Piece {
  const word =
    /^[A-Za-z]+/.exec(place.source.text.slice(place.at, Math.min(place.end, place.at + MAX_WORD)))?.[0] ?? '';
  const next = place.at + word.length;
  const isWhole = !/[A-Za-z]$/.test(place.before) && word.length < MAX_WORD;
  for (const rule of isWhole ? RULES : []) {
    const piece = rule(place, word, next);
    if (piece) return piece;
  }
  return { text: word, next };
}

/** Longer runs of letters are read in parts and are no commands. */
const MAX_WORD = 64;

type Rule = (place: Place, word: string, next: number) => Piece | undefined;

const RULES: readonly Rule[] = [
  styled,
  attached,
  timesSign,
  relation,
  joined,
  beforeNumber,
  inScript,
  mathOnly,
  glued,
];

/** `textbf{2AI}`, `mathcal{O}`; `teal{Tool use}` and `magenta{https://…}` are what remains of `\textcolor`. */
function styled(place: Place, word: string, next: number): Piece | undefined {
  if (groupEnd(place, next) === undefined) return undefined;
  if (BARE_STYLES.has(word) || BARE_ACCENTS.test(word)) return readNamed(place, word, next);
  return COLOUR_NAME.test(word) ? readGroup(place, next) : undefined;
}

const BARE_ACCENTS =
  /^(?:widetilde|widehat|tilde|hat|bar|overline|sqrt|mathbb|textsuperscript|textsubscript|[dt]?frac)$/;

/** `ell_2`, `nabla^2`, `tau_{a}`; not `alpha_dropout`, nor `down_pi_0`. */
function attached(place: Place, word: string, next: number): Piece | undefined {
  const letter = ATTACHABLE.get(word);
  if (letter === undefined || /[\w.@#/\\]$/.test(place.before)) return undefined;
  const isScripted = /^(?:\^|_(?:\d|\{|\\|[A-Za-z](?![A-Za-z_\d]))|_(?:text|math)[a-z]*\{)/.test(
    ahead(place, next),
  );
  return isScripted ? { text: letter, next } : undefined;
}

/** `1920times1080`, `2.4times speedup`, `LLMtimesMapReduce`; not "sometimes", nor "2 times". */
function timesSign(place: Place, word: string, next: number): Piece | undefined {
  if (!word.includes('times')) return undefined;
  const sign = { text: '×', next: place.at + 'times'.length };
  const isCounted = /[\d⁰¹²³⁴-⁹°ᴬ-ᵂ)\]}×]$/u.test(place.before);
  if (/^times(?:[A-Z]|sim$|approx$)/.test(word) && isCounted) return sign;
  if (word === 'times') {
    const isFactor = isCounted || /^\d/.test(ahead(place, next, 1));
    return isFactor ? sign : betweenVariables(place, next);
  }
  const name = /^([A-Z]|[A-Z][A-Za-z]*[A-Z])times(?=[A-Z])/.exec(word)?.[1];
  return name === undefined ? undefined : { text: `${name}×`, next: sign.next + name.length };
}

/** `d_k times d_v`, and `d times d` inside a script. */
function betweenVariables(place: Place, next: number): Piece | undefined {
  const right = ahead(place, next);
  const isScripted = SCRIPTED_LEFT.test(place.before) && /^ \p{L}[_^]/u.test(right);
  const isInScript =
    place.isScript && /(?<!\p{L})\p{L} $/u.test(place.before) && /^ \p{L}(?!\p{L})/u.test(right);
  return isScripted || isInScript ? { text: '×', next } : undefined;
}

const SCRIPTED_LEFT = /(?:(?<![\p{L}\p{N}_^])\p{L}[_^][\p{L}\p{N}]{1,8}|[⁰-₟²³¹ᵢᵣᵤᵥⱼᵃ-ᵡ]) $/u;

/** `D_f approx 1.7`: a relation between a variable with its script and a number. */
function relation(place: Place, word: string, next: number): Piece | undefined {
  const isRelation = /^(?:approx|sim|le|ge|ne|equiv|ll|gg|pm)$/.test(word);
  const isBetween = isRelation && SCRIPTED_LEFT.test(place.before) && /^ [-−]?\d/.test(ahead(place, next, 4));
  return isBetween ? { text: SYMBOLS.get(word) ?? word, next } : undefined;
}

/** `mtimes n`, `lambdacdot d`: a name or a single letter, and an operator glued to it. */
function joined(place: Place, word: string, next: number): Piece | undefined {
  const parts = /^([A-Za-z]+?)(times|cdot|propto|leq|geq)$/.exec(word);
  const [, left = '', operator = ''] = parts ?? [];
  const letter = ATTACHABLE.get(left) ?? (place.isScript && left.length === 1 ? left : undefined);
  const isCommand = letter !== undefined && (left.length > 1 || place.isScript);
  return isCommand ? { text: letter + (SYMBOLS.get(operator) ?? ''), next } : undefined;
}

/** `sim11%`, `leq5%`, `approx20%`, `pm1`; not `sim2real`. */
function beforeNumber(place: Place, word: string, next: number): Piece | undefined {
  if (!/^(?:sim|leq|geq|approx|pm)$/.test(word) || /[\w.]$/.test(place.before.replace(/\d$/, '')))
    return undefined;
  const rest = ahead(place, next);
  if (!(word === 'sim' ? SIM_NUMBER : /^\d/).test(rest)) return undefined;
  return { text: SYMBOLS.get(word) ?? word, next: next + (rest.startsWith('!') ? 1 : 0) };
}

const SIM_NUMBER = /^!?\d+(?:[.,]\d+)*(?:(?<=\d\d)(?![A-Za-z]|\d)|(?=\\?%|[KkMBT](?![A-Za-z])|times))/;

function inScript(place: Place, word: string, next: number): Piece | undefined {
  const symbol = place.isScript ? IN_SCRIPT.get(word) : undefined;
  return symbol === undefined ? undefined : { text: symbol, next };
}

/** `varepsilon`, `leq 3^L`, `infty-RoPE`: words of no language, unless they are part of an identifier. */
function mathOnly(place: Place, word: string, next: number): Piece | undefined {
  const symbol = MATH_ONLY.get(word);
  if (symbol === undefined) return undefined;
  const isIdentifier = /[_.@#/]$/.test(place.before) || /^_[A-Za-z]{2}/.test(ahead(place, next, 3));
  return isIdentifier ? undefined : { text: symbol, next };
}

/** `360{\deg}` has its own reader; here `{sim}` and `{times}`, a command alone in its braces. */
export function loneCommand(word: string): string | undefined {
  return LONE.test(word) ? SYMBOLS.get(word) : undefined;
}

const LONE = new RegExp(`^(?:sim|times|approx|pm|circ|deg|le|ge|ne|${[...IN_SCRIPT.keys()].join('|')})$`);

/** `A^2times`: an operator right behind a script. */
function glued(place: Place, word: string, next: number): Piece | undefined {
  const isBehind = /[⁰-₟²³¹ᵃ-ᵡ°]$/u.test(place.before);
  return isBehind && /^(?:times|cdot|propto|pm|approx|sim|leq|geq)$/.test(word)
    ? { text: SYMBOLS.get(word) ?? word, next }
    : undefined;
}
