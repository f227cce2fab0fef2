import { ahead, type Piece, type Place, readGroup } from './tex-source.ts';
import { BARE_STYLES, FUNCTIONS, IN_SCRIPT, MATH_ONLY, SCRIPT_WORDS } from './tex-symbols.ts';

type Mark = '^' | '_';

const SUPERSCRIPTS = pairs(
  '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘⊤',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°ᵀ',
);
const SUBSCRIPTS = pairs(
  '0123456789+-−=()aehijklmnoprstuvxβγρφχ,',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ,',
);
const FORMS = { '^': SUPERSCRIPTS, _: SUBSCRIPTS } as const;
/** Raised marks that look the same on the line. */
const RAISED = /^[*∗⋆†‡§¶°′″'’⊥]+$/u;
/** More than this is no longer read as a superscript, but puzzled out. */
const MAX_SCRIPT = 12;

const BASE_OF_SUPERSCRIPT = /[\p{L}\p{N}\p{M})\]}|'’″′°*∇∑∏∫∂∞⟩⌉⌋]$/u;
const CLOSED_BASE = /[)\]}|∇∑∏∫∂⟩⌉⌋]$/u;
const WORD_BASE = /(?<![./@#\\:?&=])(?<![\p{L}\p{N}\p{M}_])([\p{L}\p{N}\p{M}]{1,8})$/u;
const ONE_LETTER = /^\d*\p{L}\p{M}*$/u;
const SCRIPTED = new RegExp(
  `[${[...SUPERSCRIPTS.values(), ...SUBSCRIPTS.values()].filter(isForm).join('')}]$`,
  'u',
);
const MOLECULES: ReadonlySet<string> = new Set(['CO', 'NO', 'SO', 'CH', 'NH']);

/**
 * Reads `^…` or `_…`, braced or not, with backslashes or without.
 *
 * An identifier is no formula: outside mathematics a subscript without braces needs one letter before it and one
 * letter or a whole number after it, so that `snake_case`, `file_2.txt`, `Q4_0` and `SW_r14` stay.
 */
export function readScript(place: Place): Piece | undefined {
  const mark = place.source.text.charAt(place.at) as Mark;
  const group = readGroup(place, place.at + 1, true);
  if (group) return scriptPiece(place, mark, wholeWord(group.text, mark), group.next);
  const isFormula = place.isMath || place.isScript;
  if (mark === '^' && !isFormula && !BASE_OF_SUPERSCRIPT.test(place.before)) return undefined;
  if (mark === '_' && !isFormula && !isSubscriptBase(place.before)) return undefined;
  const body = readBody(place, mark);
  if (!body) return undefined;
  const script = toScript(mark, body.text);
  if (script !== undefined) return { text: script, next: body.next };
  return body.isNamed ? scriptPiece(place, mark, body.text, body.next) : undefined;
}

/** `2` as `²`; what has no raised or lowered form stays on the line, in parentheses where it would run on. */
export function script(mark: Mark, inner: string, after: string): string {
  const shown = inner
    .trim()
    .replace(/^,/, '')
    .replace(/ *([×⋅]) */g, '$1');
  const form = toScript(mark, shown.replace(/ *([+\-−=]) */g, '$1'));
  if (form !== undefined) return form;
  const isPlain =
    /^[\p{Lu}\p{Ll}\p{Lo}\p{Nd}\p{M}]+(\.\d+)?$/u.test(shown) && !/^(?:[\p{L}\p{N}_]|\.\d)/u.test(after);
  return isPlain || isParenthesised(shown) ? `${mark}${shown}` : `${mark}(${shown})`;
}

function scriptPiece(place: Place, mark: Mark, inner: string, next: number): Piece {
  return { text: script(mark, inner, ahead(place, next, 2)), next };
}

/** Words stay on the line: `v_reason` reads better than eight tiny letters, and can be searched. */
function toScript(mark: Mark, inner: string): string | undefined {
  if (inner === '') return '';
  if (mark === '^' && RAISED.test(inner)) return inner;
  if (inner.length > MAX_SCRIPT || /\p{L}{3}|\p{Lu}{2}|^,|,$/u.test(inner)) return undefined;
  const forms = [...inner].map((character) => FORMS[mark].get(character));
  return forms.every((form) => form !== undefined) ? forms.join('') : undefined;
}

function isParenthesised(text: string): boolean {
  return /^\([^()]*\)$/.test(text);
}

function isSubscriptBase(before: string): boolean {
  if (CLOSED_BASE.test(before)) return true;
  const word = WORD_BASE.exec(before)?.[1];
  if (word === undefined) return false;
  return ONE_LETTER.test(word) || FUNCTIONS.has(word) || MOLECULES.has(word) || SCRIPTED.test(word);
}

interface Body extends Piece {
  /** A command or a style with its braces: surely a script, whatever it shows. */
  isNamed: boolean;
}

function readBody(place: Place, mark: Mark): Body | undefined {
  const from = place.at + 1;
  const rest = ahead(place, from);
  if (rest.startsWith('\\')) return readCommandBody(place, from);
  const word = /^[A-Za-z]+/.exec(rest)?.[0];
  if (word !== undefined) return readWordBody(place, mark, word);
  const number = (mark === '^' ? /^[+\-−]?\d+/ : /^\d+/).exec(rest)?.[0];
  if (number !== undefined)
    return isWholeNumber(place, mark, rest.slice(number.length)) ? body(from, number) : undefined;
  const sign = /^(?:[+\-−](?![\p{L}\p{N}])|[*∗⋆†‡§¶°′⊥⊤∘]|[^\p{ASCII}](?<=\p{L}))/u.exec(rest)?.[0];
  if (sign === undefined || (mark === '_' && /^[-−]/.test(sign) && !place.isMath)) return undefined;
  return body(from, sign);
}

function readCommandBody(place: Place, from: number): Body | undefined {
  const command = /^\\[A-Za-z]+/.exec(ahead(place, from))?.[0];
  if (command === undefined) return undefined;
  let end = from + command.length;
  const close = place.source.closing.get(end);
  if (close !== undefined && close < place.end) end = close + 1;
  return { text: wholeWord(place.source.read(place, from, end, true), '^'), next: end, isNamed: true };
}

function readWordBody(place: Place, mark: Mark, word: string): Body | undefined {
  const from = place.at + 1;
  const group = BARE_STYLES.has(word) ? readGroup(place, from + word.length, true) : undefined;
  if (group) return { ...group, isNamed: true };
  const known = knownScript(word, mark);
  if (known) return { ...body(from, known.name), text: known.character, isNamed: true };
  if (place.isMath) return body(from, word.charAt(0));
  const after = ahead(place, from + 1, 2);
  const isOneLetter = word.length === 1 && !/^[0-9\p{L}]/u.test(after) && !/^\.[a-z]/.test(after);
  return isOneLetter && !(mark === '_' && after.startsWith('_')) ? body(from, word) : undefined;
}

/** `circ` of `360^circ`, also where an operator is glued to it: `360^circtimes180^circ`. */
function knownScript(word: string, mark: Mark): { name: string; character: string } | undefined {
  const names = mark === '^' ? SCRIPT_WORDS : IN_SCRIPT;
  const name = [word, word.replace(/(times|cdot|propto)$/, '')].find((candidate) => names.has(candidate));
  const character = name === undefined ? undefined : names.get(name);
  return name === undefined || character === undefined ? undefined : { name, character };
}

/** Not the `0` of `0.5`, of `file_2.txt` or of `v_2a`. */
function isWholeNumber(place: Place, mark: Mark, after: string): boolean {
  if (/^\.(\d|[a-z])/.test(after)) return false;
  if (mark === '^' || place.isMath) return true;
  if (/^_|^\p{Ll}/u.test(after)) return startsWithOperator(after);
  return !/^\p{L}/u.test(after) || /(?<!\p{L})(CO|NO|SO|CH|NH)$/u.test(place.before);
}

function startsWithOperator(after: string): boolean {
  const word = /^[a-z]+/.exec(after)?.[0] ?? '';
  return word === 'times' || MATH_ONLY.has(word);
}

function wholeWord(inner: string, mark: Mark): string {
  const word = inner.trim();
  return (mark === '^' ? SCRIPT_WORDS : IN_SCRIPT).get(word) ?? inner;
}

function body(from: number, text: string): Body {
  return { text, next: from + text.length, isNamed: false };
}

function pairs(plain: string, shifted: string): ReadonlyMap<string, string> {
  const forms = [...shifted];
  return new Map([...plain].map((character, i) => [character, forms[i] ?? character]));
}

function isForm(character: string): boolean {
  return character !== ',' && character !== '°';
}
