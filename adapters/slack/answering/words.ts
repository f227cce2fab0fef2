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
