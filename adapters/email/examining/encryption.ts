import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { Instant } from '../../../src/domain/calendar.ts';

/** How a connection is kept from whoever stands between. */
export interface Encryption {
  /** `TLSv1.3`. */
  version: string;
  /** Whom the certificate names first. */
  name: string;
  endsAt: Instant;
  /** Node's word for why the certificate proves nothing; absent where it does. */
  distrust?: string;
}

/**
 * Encrypts a connection that is open. What the certificate proves is told, and is the caller's to judge: it has to be seen to
 * be told what is wrong with it. Rejects where the two agree on no way.
 */
export async function encrypt(
  socket: Socket,
  host: string,
  signal: AbortSignal,
): Promise<{ socket: Socket; encryption: Encryption }> {
  // An address is no name that one could ask for.
  const asked = isIP(host) === 0 ? { servername: host } : {};
  const secret = connect({ socket, host, ...asked, rejectUnauthorized: false });
  await once(secret, 'secureConnect', { signal });
  return { socket: secret, encryption: encryptionOf(secret) };
}

function encryptionOf(secret: TLSSocket): Encryption {
  const { subject, subjectaltname = '', valid_to: end } = secret.getPeerCertificate();
  const [, alternative = ''] = /(?:DNS|IP Address):([^,]+)/.exec(subjectaltname) ?? [];
  const [name = alternative] = [subject.CN ?? []].flat();
  const reason: unknown = secret.authorizationError;
  return {
    version: secret.getProtocol() ?? 'an unknown version',
    name,
    endsAt: new Date(end).toISOString(),
    ...(secret.authorized ? {} : { distrust: reason instanceof Error ? reason.message : String(reason) }),
  };
}
