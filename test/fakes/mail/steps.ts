import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { SMTPServerSession } from 'smtp-server';
import { createRules } from '../faults.ts';
import type { FakeMail, Fault, Stage } from './index.ts';
import type { Register } from './register.ts';

/** As smtp-server wants to be answered. */
export type Answer = (error?: Error | null) => void;

/** Takes mails step by step, and fails where it is told to. */
export interface Steps extends Pick<FakeMail, 'fail' | 'mend'> {
  take(stage: Stage, session: SMTPServerSession, answer: Answer): Promise<void>;
  receive(stream: Readable, session: SMTPServerSession, answer: Answer): Promise<void>;
}

/** Left as they are: what is compared is what was sent. */
const PARSING = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };

export function createSteps(register: Register, parses: boolean): Steps {
  const rules = createRules<{ stage: Stage; to: readonly string[] }, Fault>();

  function strike(stage: Stage, session: SMTPServerSession): Fault | undefined {
    const attempt = register.current(session);
    if (attempt) attempt.stage = stage;
    const fault = rules.of({ stage, to: attempt?.to ?? [] });
    if (attempt && fault && fault.kind !== 'wait') attempt.hasFailed = true;
    register.look();
    return fault;
  }

  async function act(fault: Fault | undefined, session: SMTPServerSession, answer: Answer): Promise<void> {
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'drop') return register.drop(session);
    if (fault?.kind === 'wait') await fault.until;
    answer(fault?.kind === 'answer' ? refusal(fault.code, fault.text) : null);
  }

  async function keep(raw: Buffer, session: SMTPServerSession): Promise<void> {
    const attempt = register.current(session);
    const { mailFrom } = session.envelope;
    const isInternational = mailFrom !== false && mailFrom.args !== false && 'SMTPUTF8' in mailFrom.args;
    const parsed = parses ? await simpleParser(raw, PARSING) : ({} as ParsedMail);
    const { from = '', to: [to = ''] = [] } = attempt ?? {};
    register.mails.push({ from, to, raw, parsed, isSafe: session.secure, isInternational });
  }

  return {
    take: (stage, session, answer) => act(strike(stage, session), session, answer),
    async receive(stream, session, answer) {
      const early = strike('body', session);
      if (early?.kind === 'wait') await early.until;
      else if (early) {
        // What is not read stops whoever sends it, once all that lies between is full.
        if (early.kind === 'drop') stream.once('readable', () => register.drop(session));
        return;
      }
      // Whoever is gone before the end has sent nothing.
      const raw = await buffer(stream).catch(() => undefined);
      if (!raw) return register.look();
      const fault = strike('end', session);
      const isKept = !fault || fault.kind === 'wait' || ('isKept' in fault && fault.isKept);
      if (isKept) await keep(raw, session);
      await act(fault, session, answer);
      register.look();
    },
    fail(stage, fault, { to, ...frequency } = {}) {
      const matches = (one: { stage: Stage; to: readonly string[] }) =>
        one.stage === stage && (to === undefined || one.to.includes(to));
      return rules.add(matches, fault, frequency);
    },
    mend: () => rules.clear(),
  };
}

export function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
