/** Why a paper fits: the words that stand in a part of it, or what it was asked for by name. */
export interface Reason {
  kind: 'title' | 'keywords' | 'summary' | 'abstract' | 'author' | 'organization' | 'topic';
  /** As it stands in the paper, or was asked for. */
  what: string;
}

/** What editions and programs say of each kind; in English as all that they say. */
export const REASON_TEXTS: Readonly<Record<Reason['kind'], (what: string) => string>> = {
  title: (what) => `"${what}" in the title`,
  keywords: (what) => `"${what}" in the keywords`,
  summary: (what) => `"${what}" in the summary`,
  abstract: (what) => `"${what}" in the abstract`,
  author: (what) => `by ${what}`,
  organization: (what) => `from ${what}`,
  topic: (what) => `on ${what}`,
};

/** Part of a sentence: `"gaussian splatting" in the title`. */
export function reasonText({ kind, what }: Reason, texts = REASON_TEXTS): string {
  return texts[kind](what);
}
