import { createHmac } from 'node:crypto';
import type { Login } from '../posting/server.ts';
import type { Answer, Conversation } from './conversation.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
/** What the server asks, or that it asks for nothing more. */
const CHALLENGE = 334;

/** Ways to log in, by the server's word for them, in the order in which Nodemailer takes them. */
const WAYS: Readonly<Record<string, (login: Login, talk: Conversation) => Promise<Answer>>> = {
  // RFC 4616
  PLAIN: ({ user, password }, talk) => talk.ask(`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`),
  async LOGIN({ user, password }, talk) {
    const asked = await talk.ask('AUTH LOGIN');
    if (asked.code !== CHALLENGE) return asked;
    const more = await talk.ask(base64(user));
    return more.code === CHALLENGE ? await talk.ask(base64(password)) : more;
  },
  // RFC 2195
  async 'CRAM-MD5'({ user, password }, talk) {
    const asked = await talk.ask('AUTH CRAM-MD5');
    if (asked.code !== CHALLENGE) return asked;
    const challenge = Buffer.from(asked.lines[0] ?? '', 'base64');
    const proof = createHmac('md5', password).update(challenge).digest('hex');
    return await talk.ask(base64(`${user} ${proof}`));
  },
};

/** Logs in by the first way that the server offers and we know; `offered`: the server's words. Undefined where there is none. */
export async function logIn(
  login: Login,
  offered: readonly string[],
  talk: Conversation,
): Promise<Answer | undefined> {
  const way = Object.keys(WAYS).find((name) => offered.includes(name));
  return way === undefined ? undefined : await WAYS[way]?.(login, talk);
}
