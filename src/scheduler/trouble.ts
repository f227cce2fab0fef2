import type { Trouble as Kind } from '../abilities.ts';
import { isUndecided } from '../domain/delivery.ts';
import { type Feed, memberOf } from '../domain/feed.ts';
import type { Ledger } from '../store.ts';
import { questionId } from './question.ts';

/** Something that a member must be told of their digest, once. */
export interface Trouble {
  kind: Kind;
  /** The digest once they are told; undefined when they are already. */
  told(digest: Feed): Feed | undefined;
}

/** What a member has not been told yet. Errors: `StoreError`. */
export async function troubleOf(
  digest: Feed,
  ledger: Pick<Ledger, 'deliveries'>,
): Promise<Trouble | undefined> {
  if (!digest.isTold && digest.state === 'suspended') return closed(digest);
  if (!digest.isTold && digest.isUnconfirmed) {
    const asked = await ledger.deliveries(questionId(digest.id));
    if (asked.every(isUndecided)) return { kind: 'not-asked', told: withTold };
  }
  return digest.isFull
    ? { kind: 'full', told: ({ isFull, ...kept }) => (isFull ? kept : undefined) }
    : undefined;
}

function closed({ destination }: Feed): Trouble {
  const isDirect = memberOf(destination) !== undefined;
  return { kind: isDirect ? 'messages-closed' : 'thread-closed', told: withTold };
}

function withTold(digest: Feed): Feed | undefined {
  return digest.isTold ? undefined : { ...digest, isTold: true };
}
