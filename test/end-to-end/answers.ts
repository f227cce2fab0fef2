const LINK = /huggingface\.co\/papers\/(\d{4}\.\d{5})/g;

/** Ids of the papers that a text links to, each once, in order. */
export function papersIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(LINK), ([, id]) => id ?? ''))];
}

/** The id of the feed that was added, by the answer to its command. */
export function addedFeed(answer: string): string {
  const [, id] = /Feed ([a-z0-9]{6}) added/.exec(answer) ?? [];
  if (id === undefined) throw new Error(`No feed was added: ${answer}`);
  return id;
}
