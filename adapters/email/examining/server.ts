import type { Clock } from '../../../src/clock.ts';
import { DAY_MS, msBetween } from '../../../src/domain/calendar.ts';
import { type Finding, fine, warning, wrong } from '../../../src/finding.ts';
import type { Login, MailServer, SmtpUrl } from '../posting/server.ts';
import { type Answer, type Conversation, converse } from './conversation.ts';
import type { Encryption } from './encryption.ts';
import { logIn } from './login.ts';

export interface ServerDependencies extends SmtpUrl {
  /** The address in `MAIL_FROM`. */
  sender: string;
  clock: Clock;
}

/** What we call ourselves where no name is known for this machine, as Nodemailer does. */
const OURSELVES = '[127.0.0.1]';
/** Certificates are renewed some weeks before their end; whose is older is renewed by nobody. */
const SOON_MS = 14 * DAY_MS;
/** RFC 4954, 6. */
const LOGIN_WANTED = 530;

/** Whether the mail server answers, is who it says, lets us in, and takes mail from our sender. Never rejects. */
export async function ofServer(given: ServerDependencies): Promise<Finding[]> {
  const { host, port } = given.server;
  const found: Finding[] = [];
  try {
    const talk = await converse(given.server, given.clock);
    try {
      await ofTalk(talk, given, (finding) => void found.push(finding));
    } finally {
      talk.end();
    }
  } catch (error) {
    const mend = `Is this the server of SMTP_URL, and does a firewall let this machine reach its port? ${portAdvice(given.server)}`;
    found.push(wrong(`The mail server at ${host}:${port} could not be talked to. ${reasonOf(error)}`, mend));
  }
  return found;
}

/** OpenSSL's own words help nobody. */
function reasonOf(error: unknown): string {
  const { code = '', message } = error as { code?: string; message?: string };
  return code.startsWith('ERR_SSL') ? `It speaks no TLS there (${code}).` : (message ?? String(error));
}

/** Ends with the first thing for which nothing more can be asked. */
async function ofTalk(
  talk: Conversation,
  given: ServerDependencies,
  find: (finding: Finding) => void,
): Promise<void> {
  const { host, port, isEncrypted } = given.server;
  if (!isTaken(talk.greeting)) {
    const sentence = `The mail server at ${host}:${port} takes nobody now: ${said(talk.greeting)}`;
    return find(wrong(sentence, 'Try again later, or ask whoever runs it.'));
  }
  find(fine(`The mail server at ${host}:${port} answers: ${said(talk.greeting)}`));
  let offered = await offeredBy(talk);
  if (!isEncrypted && offered.has('STARTTLS')) {
    await talk.ask('STARTTLS');
    await talk.encrypt();
    offered = await offeredBy(talk);
  }
  const secrecy = ofSecrecy(talk.encryption(), given);
  find(secrecy);
  if (secrecy.state === 'wrong') return;
  const entry = given.login && (await ofLogin(given.login, offered, talk));
  if (entry) find(entry);
  if (entry?.state !== 'wrong') find(await ofSender(talk, given));
}

/** What the server can do, by its words for it, each with what follows it. Rejects where it does not say. */
async function offeredBy(talk: Conversation): Promise<ReadonlyMap<string, readonly string[]>> {
  const answer = await talk.ask(`EHLO ${OURSELVES}`);
  if (!isTaken(answer)) throw new Error(`It does not say what it can do: ${said(answer)}`);
  return new Map(
    answer.lines.slice(1).map((line) => {
      const [name = '', ...rest] = line.toUpperCase().split(' ');
      return [name, rest];
    }),
  );
}

function ofSecrecy(encryption: Encryption | undefined, given: ServerDependencies): Finding {
  const { isLoopback, clock } = given;
  if (!encryption) return ofNone(given);
  if (encryption.distrust !== undefined && !isLoopback) return ofDistrust(encryption, given);
  const { version, name, endsAt } = encryption;
  const day = endsAt.slice(0, 10);
  const sentence = `What is sent is encrypted (${version}); the certificate is for ${name} and ends on ${day}.`;
  if (msBetween(clock.now(), endsAt) > SOON_MS) return fine(sentence);
  return warning(sentence, 'Have whoever runs the server renew it.');
}

/** Mails go all the same where nothing secret is said and encryption was not asked for; see `posting/connection.ts`. */
function ofDistrust({ name, distrust }: Encryption, { login, server }: ServerDependencies): Finding {
  const sentence = `The certificate of ${server.host} proves nothing (${distrust}).`;
  const mend = `Is ${server.host} the name that stands in it (${name}), and who signed it? A signer of your own is named by NODE_EXTRA_CA_CERTS.`;
  if (!login && !server.isEncrypted) return warning(`${sentence} Mail is sent all the same.`, mend);
  return wrong(`${sentence}${login ? ' The password was not given.' : ''}`, mend);
}

function ofNone({ isLoopback, login, server }: ServerDependencies): Finding {
  if (isLoopback) return fine('What is sent is not encrypted, and does not leave this machine.');
  const sentence = `${server.host} offers no encryption: who stands between reads what is sent.`;
  const mend = `Does the server have a port for encrypted mail? ${portAdvice(server)}`;
  return login ? wrong(`${sentence} The password was not given.`, mend) : warning(sentence, mend);
}

async function ofLogin(
  login: Login,
  offered: ReadonlyMap<string, readonly string[]>,
  talk: Conversation,
): Promise<Finding> {
  const ways = offered.get('AUTH') ?? [];
  const answer = await logIn(login, ways, talk);
  if (answer === undefined) {
    const which = ways.length === 0 ? 'none' : ways.join(', ');
    const sentence = `The server offers no way to log in that is known here (it offers ${which}).`;
    return wrong(sentence, 'Leave user and password out of SMTP_URL if it takes mail from here without.');
  }
  if (isTaken(answer)) return fine('The server takes user and password.');
  const mend =
    'Put user and password into SMTP_URL as the provider gives them for SMTP, often a password for apps; write signs such as @ and / in them as %40 and %2F.';
  return wrong(`The server does not take user and password: ${said(answer)}`, mend);
}

/** No mail follows: what was begun is given up. */
async function ofSender(talk: Conversation, { sender }: ServerDependencies): Promise<Finding> {
  const answer = await talk.ask(`MAIL FROM:<${sender}>`);
  if (isTaken(answer)) {
    await talk.ask('RSET');
    return fine(`The server takes mail from ${sender}.`);
  }
  const mend =
    answer.code === LOGIN_WANTED
      ? 'It wants to know who sends: put user and password into SMTP_URL.'
      : 'Set MAIL_FROM to an address that the provider lets you send from, or have it allow this one.';
  return wrong(`The server takes no mail from ${sender}: ${said(answer)}`, mend);
}

function isTaken({ code }: Answer): boolean {
  return code >= 200 && code < 300;
}

/** With the digits by which people look it up. */
function said({ code, lines }: Answer): string {
  return `“${[code, ...lines].join(' ').trim()}”.`;
}

/** Which port is spoken to in which way (RFC 8314, 3.3; RFC 6409). */
function portAdvice({ isEncrypted }: MailServer): string {
  return isEncrypted
    ? 'smtps:// is mostly port 465; a server that listens at 587 wants smtp://.'
    : 'smtp:// is mostly port 587; a server that listens at 465 wants smtps://.';
}
