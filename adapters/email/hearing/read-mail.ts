import PostalMime, { type Attachment, type Email, type Header } from 'postal-mime';
import type { Links } from '../subscribing/links.ts';
import { MOST_REPORTS, type Report, type Reports } from './report.ts';

/** A report has one part of each type. */
const MOST_PARTS = 5;
/** A report is not nested deeper, and its headers are not longer. */
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 262_144 };

/** The parts of a report by their types, those of RFC 6533 for addresses beyond ASCII too. */
const STATUS = /^message\/(?:global-)?delivery-status$/;
const FEEDBACK = /^message\/feedback-report$/;
const RETURNED = /^(?:message\/(?:rfc822|global|global-headers)|text\/rfc822-headers)$/;

/**
 * Reads a mail that tells what became of one of ours: a delivery status (RFC 3464), of which only what has failed for good
 * counts, or a complaint (RFC 5965). Any other mail tells nothing, and neither does a report that returns no link of ours:
 * anybody can send one to our mailbox, about any address.
 */
export async function readMail(bytes: Uint8Array, links: Pick<Links, 'read'>): Promise<Reports> {
  const mail = await parse(bytes);
  if (!mail?.headers.some(({ key }) => WRITTEN_BY_ALL.test(key)))
    return { sentence: 'Send the mail as it came, with all of its headers.' };
  const texts = (type: RegExp) =>
    mail.attachments
      .filter(({ mimeType }) => type.test(mimeType))
      .slice(0, MOST_PARTS)
      .map(textOf);
  const returned = await Promise.all(texts(RETURNED).map(headersIn));
  const owners = [...new Set(returned.flatMap((headers) => ownersOf(headers, links)))];
  const told = (kind: Report['kind'], isSaid: boolean) =>
    isSaid ? owners.map((address): Report => ({ kind, address })) : [];
  const isFailed = (await Promise.all(texts(STATUS).map(tellsFailure))).includes(true);
  const isUnwanted = (await Promise.all(texts(FEEDBACK).map(headersIn))).some(isComplaint);
  return { reports: [...told('bounce', isFailed), ...told('complaint', isUnwanted)].slice(0, MOST_REPORTS) };
}

/** What every mail has at least one of. */
const WRITTEN_BY_ALL = /^(?:from|date|received|return-path|content-type)$/;

/** Undefined for what is beyond the limits. */
async function parse(bytes: Uint8Array | string): Promise<Email | undefined> {
  const options = { ...LIMITS, forceRfc822Attachments: true, attachmentEncoding: 'utf8' } as const;
  return await PostalMime.parse(bytes, options).catch(() => undefined);
}

function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

/** The headers that a text begins with. */
async function headersIn(text: string): Promise<readonly Header[]> {
  const [head = ''] = text.trimStart().split(/\r?\n\r?\n/, 1);
  return (await parse(`${head}\r\n\r\n`))?.headers ?? [];
}

function valuesOf(headers: readonly Header[], name: string): string[] {
  return headers.filter(({ key }) => key === name).map(({ value }) => value.trim());
}

/** Whether a delivery status says of a recipient that the mail surely did not reach them; each of ours has one. */
async function tellsFailure(text: string): Promise<boolean> {
  const groups = text.trim().split(/(?:\r?\n){2,}/, MOST_REPORTS);
  const said = await Promise.all(groups.map(headersIn));
  return said.some((headers) => {
    const isFailed = valuesOf(headers, 'action').some((action) => /^failed\b/i.test(action));
    return isFailed && valuesOf(headers, 'status').some((status) => /^5\.\d+\.\d+/.test(status));
  });
}

/** `not-spam` says the contrary, others are no complaints of people. */
function isComplaint(headers: readonly Header[]): boolean {
  return valuesOf(headers, 'feedback-type').some((type) =>
    /^(?:abuse|fraud|opt-out|virus|other)\b/i.test(type),
  );
}

/**
 * Whom a mail of ours was for, by its own link to unsubscribe: nobody makes that but us, and nobody has it but whom the mail
 * came to. It tells so also where a provider hides the recipient, or another mailbox refused what was forwarded to it.
 */
function ownersOf(headers: readonly Header[], links: Pick<Links, 'read'>): string[] {
  const written = valuesOf(headers, 'list-unsubscribe').join(' ');
  return [...written.matchAll(/\/email\/unsubscribe\/([\w.-]+)/g)].flatMap(([, token = '']) => {
    const read = links.read('unsubscribe', token);
    return read === undefined || read === 'over' ? [] : [read.address];
  });
}
