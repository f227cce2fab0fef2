import { DeliveryRefusedError } from '../../../src/errors.ts';
import type { Compose } from './compose.ts';
import { isConnectionOver } from './failures.ts';
import type { Journey } from './journey.ts';
import type { Connect } from './pool.ts';
import type { Letter } from './post.ts';
import type { Sender } from './sender.ts';

/**
 * Brings a mail to the server. `to`: its address, checked. Rejects with what Nodemailer throws, and with `DeliveryRefusedError`
 * where the server takes no such address.
 */
export type Carry = (letter: Letter, to: string, connect: Connect, journey: Journey) => Promise<void>;

/** By a connection that has rested, and by another one where that was over before the mail had left. */
export function createCarry({ address }: Sender, compose: Compose): Carry {
  return async (letter, to, connect, journey) => {
    for (;;) {
      journey.reach('opening');
      const connection = await connect(journey.cut);
      if (!connection.isInternational && !isAscii(to)) throw refused(letter, 'forbidden', NOT_INTERNATIONAL);
      const { isUsed } = connection;
      const message = compose(letter, to);
      const onLeft = () => journey.reach('left');
      journey.reach('sending');
      try {
        const envelope = { from: address, to };
        return await journey.by(connection, () => connection.send(envelope, message, onLeft));
      } catch (cause) {
        if (!isUsed || !journey.isOnItsWay || !isConnectionOver(cause)) throw cause;
        connection.cut(cause as Error);
      }
    }
  };
}

const NOT_INTERNATIONAL =
  'The mail server takes no address with letters beyond ASCII before its @ (it has no SMTPUTF8).';

/** A mail that is for nobody, or not for us to bring. */
export function refused(
  letter: Letter,
  reason: 'forbidden' | 'gone',
  sentence: string,
): DeliveryRefusedError {
  return new DeliveryRefusedError(sentence, { platform: 'email', channel: channelOf(letter), reason });
}

/** As the ledger names where a mail goes. */
export function channelOf({ to }: Letter): string {
  return `@${to}`;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
