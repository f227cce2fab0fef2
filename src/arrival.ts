import type { z } from 'zod';
import { DeliveryUnavailableError } from './errors.ts';

/** The request had not left when these happened (Node's and undici's names). */
const NOT_LEFT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** False where a request that broke by this surely did not arrive; `code` is the name that Node or undici gave it. */
export function mayHaveArrived(code: unknown): boolean {
  return !NOT_LEFT.has(code);
}

/** Who answered, and for which channel. */
export interface Answerer {
  /** The platform's id. */
  platform: string;
  /** The same as people call it. */
  name: string;
  channel: string;
}

/** What an answer says, checked. Errors: `DeliveryUnavailableError` for one of another shape: it did arrive. */
export function readAnswer<T>(schema: z.ZodType<T>, data: unknown, { platform, name, channel }: Answerer): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const message = `${name} answered in a form that is not known.`;
  throw new DeliveryUnavailableError(message, {
    platform,
    channel,
    mayHaveArrived: true,
    cause: result.error,
  });
}
