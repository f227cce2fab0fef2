/** Slack's own forms (docs.slack.dev/messaging/formatting-message-text, 2026-11-26): `<#C1|name>`, `<@U1>`, `<https://…|label>`. */
const FORM = /<([#@!]?)([^<>|]*)(?:\|([^<>]*))?>|&(amp|lt|gt);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };
const SUBTEAM = /^subteam\^(.+)$/;
/** What Slack makes of `arxiv.org`: nobody has typed the scheme. */
const BARE_HOST = /^https?:\/\/[^/?#]*\/?$/;

const DOUBLE_QUOTES = /[“”„‟«»＂]/g;
const SINGLE_QUOTES = /[‘’‚‛]/g;
/** Keyboards make one dash of two, where an option begins. */
const LONG_DASH = /(?<=^|\s)[—–](?=\p{L})/gu;
/** An option's name before the colon of a Chinese keyboard. */
const WIDE_COLON = /(?<=(?:^|\s)(?:--)?[a-z-]+)：/gi;
/** Said by who copies a whole line out of the help, or sets it as code. */
const WRAPPING = /^`+|`+$/g;
const COMMAND = /^\/paper(?:\s+|$)/i;

/**
 * What was typed after `/paper`, as it was meant: Slack's forms as ids and addresses, its entities decoded, the quotes
 * and dashes of clever keyboards made plain.
 */
export function plainOf(text: string): string {
  const decoded = text.replace(
    FORM,
    (form, kind: string, target: string, label: string | undefined, entity) =>
      entity === undefined ? meant(form, kind, target, label) : (ENTITIES[entity] ?? form),
  );
  return decoded
    .replace(DOUBLE_QUOTES, '"')
    .replace(SINGLE_QUOTES, "'")
    .replace(LONG_DASH, '--')
    .replace(WIDE_COLON, ':')
    .trim()
    .replace(WRAPPING, '')
    .trim()
    .replace(COMMAND, '');
}

function meant(form: string, kind: string, target: string, label: string | undefined): string {
  switch (kind) {
    case '#':
    case '@':
      return target;
    case '!':
      return SUBTEAM.exec(target)?.[1] ?? decoded(label ?? `@${target.split('^')[0]}`);
    default:
      return linkOf(decoded(target), label === undefined ? undefined : decoded(label)) || form;
  }
}

function linkOf(address: string, label: string | undefined): string {
  if (label !== undefined && (BARE_HOST.test(address) || address.startsWith('mailto:'))) return label;
  return address;
}

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

/** A quotation: where a word or what follows a name begins, up to its closing mark. */
const QUOTED = /(?<=^|\s|[:=,(-])(?:"[^"]*"|'[^']*'(?=$|[\s,)]))/g;
const WORD = /\S+/g;

/**
 * The words of a plain text. What stands in quotes is no two words, and keeps its quotes as double ones; a mark that
 * nothing closes is a letter like others.
 */
export function wordsOf(text: string): string[] {
  const quotations: string[] = [];
  const whole = text.replaceAll(HOLDER, '').replace(QUOTED, (quotation) => {
    quotations.push(`"${quotation.slice(1, -1)}"`);
    return HOLDER;
  });
  let next = 0;
  return (whole.match(WORD) ?? []).map((word) => word.replaceAll(HOLDER, () => quotations[next++] ?? ''));
}

/** Stands for a quotation while the words are parted; from the private area, so that no text needs it. */
const HOLDER = '\uE000';

/**
 * Takes the quotes off that only hold words together: around a whole word, and around the value of one of these options.
 * All others, as in `author:"Yann LeCun"`, are said to the command.
 */
export function withoutQuotes(word: string, options: ReadonlySet<string>): string {
  const [, name = '', sign = '', quoted] = /^(?:((?:--)?[\w-]+)([:=]))?"([^"]*)"$/s.exec(word) ?? [];
  if (quoted === undefined) return word;
  return name === '' || options.has(name.replace(/^--/, '').toLowerCase()) ? `${name}${sign}${quoted}` : word;
}
