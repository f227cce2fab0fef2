import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Hides text from whoever sees where it is kept, and notices every change. */
export interface Seal {
  /** `name`: what the text is of; it opens under no other name. Each call gives another text. */
  close(text: string, name: string): string;
  /** Undefined where it was sealed with another key or under another name, or was changed since. */
  open(sealed: string, name: string): string | undefined;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** What GCM is made for (NIST SP 800-38D, 8.2); random ones serve four thousand million texts. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** How the text after it is made; another way gets another one. */
const FORM = 'v1.';

/** A seal by AES-256-GCM, whose key is derived from a secret key (`SECRET_KEY`). */
export function createSeal(secretKey: string): Seal {
  const key = derive(secretKey, 'seal');
  return {
    close(text, name) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(name));
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return FORM + Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url');
    },
    open(sealed, name) {
      const bytes = Buffer.from(sealed.slice(FORM.length), 'base64url');
      if (!sealed.startsWith(FORM) || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(name));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

/** A secret for one purpose, always the same for the same secret key, from which neither it nor another can be told. */
export function deriveSecret(secretKey: string, purpose: string): string {
  return derive(secretKey, purpose).toString('base64url');
}

function derive(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `paperwire ${purpose}`, KEY_BYTES));
}
