import { emailTools } from '../platform-tools.ts';
import { type Answers, type Asking, askUntilFine, askVariable } from './asking.ts';
import type { Changes } from './env-text.ts';
import { checkSettable, presentConfig, problemWith, setting } from './settings.ts';

const NEEDED = `Papers by e-mail need three things (docs/email.md says more):
- an https address at which the world reaches this bot, as the links
  in mails lead there,
- a mail server that takes your mails, mostly with user and password,
- an address of your domain that mails are from.`;

/** Makes the configuration whole while the rest is asked for. */
const LATER: Changes = { SMTP_URL: 'smtp://localhost', MAIL_FROM: 'papers@example.org' };

/** Asks for all that papers by e-mail need; whoever wants them subscribes on a page of the bot. */
export async function askEmail(asking: Asking): Promise<Answers> {
  const { prompts, settings, needs } = asking;
  const isSet = presentConfig(settings)?.email !== undefined;
  const isKept = isSet && (await prompts.confirm('A mail server is set already. Use it?', true));
  if (!isKept) prompts.say(NEEDED, 'Papers by e-mail');
  const ask = () => askServer(asking);
  const look = async (changes: Changes) => await (await emailTools(needs(changes))).examineServer();
  return { changes: await askUntilFine({ ask, look, ...(isKept ? { given: {} } : {}) }, prompts) };
}

async function askServer(asking: Asking): Promise<Changes> {
  const url = await askVariable(
    {
      variable: 'PUBLIC_URL',
      message: 'The address at which the world reaches this bot',
      example: 'https://papers.example.org',
      beside: LATER,
    },
    asking,
  );
  const from = await askVariable(
    {
      variable: 'MAIL_FROM',
      message: 'Whom mails are from',
      example: 'Paperwire <papers@example.org>',
      beside: { ...LATER, ...url },
    },
    asking,
  );
  return { ...url, ...from, ...(await askSmtp({ ...url, ...from }, asking)) };
}

/** In parts, so that nobody has to know how a password is written in an address. */
async function askSmtp(beside: Changes, { prompts, settings }: Asking): Promise<Changes> {
  checkSettable('SMTP_URL', settings);
  const problem = (url: string) =>
    problemWith('SMTP_URL', settings, { ...beside, ...setting('SMTP_URL', url, settings) });
  const server = await prompts.ask('The mail server and its port', {
    example: 'mail.example.org:587',
    check: (answer) => (answer === '' ? 'Nothing was typed.' : problem(smtpUrl({ server: answer }))),
  });
  const user = await prompts.ask('The user there; none where it wants none', { check: () => undefined });
  const password =
    user === ''
      ? ''
      : await prompts.askSecret('The password', (answer) =>
          answer === '' ? 'Nothing was typed.' : problem(smtpUrl({ server, user, password: answer })),
        );
  return setting('SMTP_URL', smtpUrl({ server, user, password }), settings);
}

/** By 465 servers speak TLS from the first byte (RFC 8314, 3.3; read 2026-11-26); by all others they begin it later. */
function smtpUrl({
  server,
  user = '',
  password = '',
}: Record<'server', string> & { user?: string; password?: string }) {
  const scheme = server.endsWith(':465') ? 'smtps' : 'smtp';
  const login = user === '' ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
  return `${scheme}://${login}${server}`;
}
