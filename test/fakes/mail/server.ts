import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { certify } from './certificate.ts';
import type { FakeMail, MailOptions } from './index.ts';
import { createRegister, type Register } from './register.ts';
import { createSteps, refusal, type Steps } from './steps.ts';

const HOST = '127.0.0.1';
/** Names of this machine. Nobody takes the last one for it, though it leads there: its certificate has to prove something. */
const NAMES = ['localhost', HOST, '0.0.0.0'];
/** With signs that mean something in an address. */
const LOGIN = { user: 'paperwire', password: 'p@ss/word:of it' };
const LOGIN_TEXT = `${LOGIN.user}:${encodeURIComponent(LOGIN.password)}`;

export async function startMail(options: MailOptions = {}): Promise<FakeMail> {
  const { tls = 'always', needsLogin = true, isInternational = true, parses = true } = options;
  const certified = certify(NAMES);
  const register = createRegister();
  const steps = createSteps(register, parses);
  const server = new SMTPServer({
    ...certified,
    secure: tls === 'always',
    disabledCommands: [...(tls === 'starttls' ? [] : ['STARTTLS']), ...(needsLogin ? [] : ['AUTH'])],
    hideSMTPUTF8: !isInternational,
    disableReverseLookup: true,
    logger: register.logger as NonNullable<SMTPServerOptions['logger']>,
    ...listeners(register, steps),
  });
  register.watch(server);
  server.listen(options.port ?? 0, HOST);
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const urlWith: FakeMail['urlWith'] = ({ login = needsLogin ? LOGIN_TEXT : '', host = HOST, ...other }) =>
    `${tls === 'always' ? 'smtps' : 'smtp'}://${login === '' ? '' : `${login}@`}${host}:${other.port ?? port}`;
  return {
    ...register.shown,
    ...{ url: urlWith({}), urlWith, port, cert: certified.cert, fail: steps.fail, mend: steps.mend },
    async stop() {
      if (!server.server.listening) return;
      const closed = once(server.server, 'close');
      server.server.close();
      register.cutAll();
      await closed;
    },
  };
}

function listeners(register: Register, steps: Steps) {
  return {
    onConnect: (session, done) => void steps.take('greeting', session, done),
    onAuth({ username, password }, session, done) {
      const isRight = username === LOGIN.user && password === LOGIN.password;
      void steps.take('login', session, (error) => {
        if (error || !isRight) done(error ?? refusal(535, '5.7.8 This is not the password'));
        else done(null, { user: username });
      });
    },
    onMailFrom({ address }, session, done) {
      register.begin(session, address);
      void steps.take('sender', session, done);
    },
    onRcptTo({ address }, session, done) {
      register.current(session)?.to.push(address);
      void steps.take('recipient', session, done);
    },
    onData: (stream, session, done) => void steps.receive(stream, session, done),
    onClose: (session) => register.ended(session),
  } satisfies SMTPServerOptions;
}
