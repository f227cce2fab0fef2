import { createPrivateKey, type KeyObject } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Dkim } from '../../adapters/email/posting/dkim.ts';
import type { EnvironmentReader } from '../environment.ts';

/** How e-mail is set up. */
export interface EmailConfig {
  /** The mail server that takes our mails: `smtp:` or `smtps:`, with user and password where it wants them. */
  smtpUrl: string;
  /** Whom mails are from: an address, or a name and the address in angle brackets; the domain in the form of DNS. */
  from: string;
  /** Absent where whoever takes our mails signs them, or nobody does. */
  dkim?: Dkim;
  /** Where the links in mails lead: `PUBLIC_URL`. */
  publicUrl: string;
}

/** What means nothing without a mail server. */
const BESIDE = ['MAIL_FROM', 'DKIM_KEY', 'DKIM_SELECTOR', 'DKIM_DOMAIN'];
const SMTP_FORM = 'write it like smtp://user:password@host:587 or smtps://user:password@host:465';
const FROM_FORM = 'write it like Paperwire <papers@example.org>';
const DEFAULT_SELECTOR = 'paperwire';
const MAKE_KEY = '"openssl genrsa -out dkim.pem 2048" makes one';

/** What every verifier must be able to check (RFC 8301, 3.2; read 2026-11-26). */
const FEWEST_BITS = 1024;
const MOST_BITS = 4096;

/** A name has no sign that means something beside an address (RFC 5322, 3.2.3 and RFC 2047), and none that nobody sees. */
const NAME_AND_ADDRESS = /^(?<name>[^<>()[\]:;@\\,"=?\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{0,100})<(?<inner>[^<>\s]+)>$/u;
/** The part before the `@`, and a domain, as DNS has it (RFC 5321, 4.1.2 and 4.5.3.1); no number of a machine. */
const LOCAL_PART = /^(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z](?:[a-z\d-]{0,61}[a-z\d])?$/;
/** As domains; an underscore stands in some. */
const SELECTOR = /^(?=.{1,63}$)[a-z\d](?:[a-z\d_-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d_-]*[a-z\d])?)*$/i;

/** Undefined where no mail server is given, or where its variables are wrong: then it is told. */
export function readEmail(read: EnvironmentReader, publicUrl: string | undefined): EmailConfig | undefined {
  const smtpUrl = readServer(read);
  const sender = readSender(read);
  const dkim = readDkim(read, sender?.domain);
  if (!read.isGiven('SMTP_URL')) {
    const given = BESIDE.filter((variable) => read.isGiven(variable)).join(', ');
    if (given !== '') read.problem('SMTP_URL', `it is not set, but ${given}; ${SMTP_FORM}.`);
    return undefined;
  }
  if (read.text('MAIL_FROM') === undefined) read.problem('MAIL_FROM', `it is not set; ${FROM_FORM}.`);
  if (publicUrl === undefined) {
    read.problem(
      'PUBLIC_URL',
      'the links in mails lead to it: give the https address at which the world reaches HTTP_PORT.',
    );
  }
  if (smtpUrl === undefined || sender === undefined || publicUrl === undefined) return undefined;
  return { smtpUrl, from: sender.from, ...(dkim === undefined ? {} : { dkim }), publicUrl };
}

/** Undefined where none is given or it is wrong. */
function readServer(read: EnvironmentReader): string | undefined {
  const url = read.anySecret('SMTP_URL');
  const problem = url === undefined ? undefined : serverProblem(url);
  if (problem === undefined) return url;
  read.problem('SMTP_URL', problem);
  return undefined;
}

/** All of it that must never be shown, beside the password in the address of the mail server. */
export function emailSecrets(email: EmailConfig | undefined): (string | undefined)[] {
  return [email?.dkim?.privateKey];
}

/** What is wrong with the address of a mail server, without a word of it: it may hold a password. */
function serverProblem(given: string): string | undefined {
  const url = /^smtps?:\/\/[!-~]+$/i.test(given) ? URL.parse(given) : null;
  if (!url || url.hostname === '') return `it is no address of a mail server; ${SMTP_FORM}.`;
  if (!/^\/?$/.test(`${url.pathname}${url.search}${url.hash}`)) {
    return 'something follows the host; write /, ? and # of a password as %2F, %3F and %23.';
  }
  if ((url.username === '') !== (url.password === ''))
    return 'it has either no user or no password; give both.';
  if (/%(?![\da-f]{2})/i.test(given)) return 'a % in it stands for another sign; write % itself as %25.';
  return undefined;
}

interface Sender {
  from: string;
  domain: string;
}

/** Undefined where none is given or it is wrong. */
function readSender(read: EnvironmentReader): Sender | undefined {
  const given = read.text('MAIL_FROM');
  const sender = given === undefined ? undefined : senderOf(given);
  if (given !== undefined && sender === undefined) {
    read.problem(
      'MAIL_FROM',
      `it is not one address, with or without a name before it that has no quotes and the like; ${FROM_FORM}.`,
    );
  }
  return sender;
}

function senderOf(given: string): Sender | undefined {
  const { name, inner } = NAME_AND_ADDRESS.exec(given)?.groups ?? {};
  const written = inner ?? given;
  const at = written.lastIndexOf('@');
  const local = written.slice(0, Math.max(at, 0));
  const domain = domainToASCII(written.slice(at + 1));
  if (!LOCAL_PART.test(local) || !DOMAIN.test(domain)) return undefined;
  const shown = name?.trim() ?? '';
  const address = `${local}@${domain}`;
  return { from: shown === '' ? address : `${shown} <${address}>`, domain };
}

/** Undefined where no key is given or something about it is wrong. */
function readDkim(read: EnvironmentReader, senderDomain: string | undefined): Dkim | undefined {
  const privateKey = read.anySecret('DKIM_KEY');
  const selector = readName(read, 'DKIM_SELECTOR', SELECTOR, 'paperwire');
  const domain = readName(read, 'DKIM_DOMAIN', DOMAIN, 'example.org');
  if (privateKey === undefined) {
    const isHalf = [selector, domain].some((name) => name !== undefined) && !read.isGiven('DKIM_KEY');
    if (isHalf) read.problem('DKIM_KEY_FILE', `it is not set, so that nothing is signed; ${MAKE_KEY}.`);
    return undefined;
  }
  const problem = keyProblem(privateKey);
  if (problem !== undefined) read.problem('DKIM_KEY_FILE', problem);
  const signed = domain ?? senderDomain;
  if (problem !== undefined || signed === undefined) return undefined;
  return { domain: signed, selector: selector ?? DEFAULT_SELECTOR, privateKey };
}

function readName(
  read: EnvironmentReader,
  variable: string,
  form: RegExp,
  example: string,
): string | undefined {
  const name = read.word(variable)?.toLowerCase();
  if (name === undefined || form.test(name)) return name;
  read.problem(variable, `"${name}" is no name in DNS; write it like ${example}.`);
  return undefined;
}

/** What is wrong with a key by which mails are to be signed. */
function keyProblem(pem: string): string | undefined {
  const key = keyOf(pem);
  if (!key) return `it holds no private key that can be read without a password; ${MAKE_KEY}.`;
  const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength: bits = 0 } = {} } = key;
  if (type !== 'rsa') return `it holds a key of the kind ${type}; mails are signed by RSA: ${MAKE_KEY}.`;
  if (bits >= FEWEST_BITS && bits <= MOST_BITS) return undefined;
  return `its key has ${bits} bits; not every mail server checks those beyond ${FEWEST_BITS} to ${MOST_BITS}: ${MAKE_KEY}.`;
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
