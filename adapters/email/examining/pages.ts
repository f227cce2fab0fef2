import { type Finding, fine, wrong } from '../../../src/finding.ts';

export interface PagesDependencies {
  /** Where the world reaches us, without a slash at the end. */
  publicUrl: string;
  /** Where bounces and complaints are told; a secret. */
  hookUrl: string;
  /** Posts what means nothing. Out: the status. Rejects where nobody answers. */
  knock: (url: string) => Promise<number>;
}

/** What our hook answers to what is no report. */
const NO_REPORT = 400;

/** Whether the links in a mail lead here, and so does the hook. Never rejects; the hook’s address is not in what is found. */
export async function ofPages({ publicUrl, hookUrl, knock }: PagesDependencies): Promise<Finding> {
  const mend = `Is the bot running, and does the proxy before it pass /email on to HTTP_PORT as it is?`;
  try {
    const status = await knock(hookUrl);
    if (status === NO_REPORT)
      return fine(
        `${publicUrl}/email answers, and so does what takes bounces ("paperwire doctor email --hook").`,
      );
    return wrong(
      `What takes bounces under ${publicUrl}/email answers ${status}, where this bot answers ${NO_REPORT}.`,
      mend,
    );
  } catch (error) {
    // The message names the address; its cause does not.
    const { cause } = error as { cause?: { code?: unknown } };
    const reason = typeof cause?.code === 'string' ? ` (${cause.code})` : '';
    return wrong(`${publicUrl}/email cannot be reached from here${reason}.`, mend);
  }
}
