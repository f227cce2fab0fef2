/** What a record says, by its tags in small letters: `v=DKIM1; p=…` (RFC 6376, 3.2). Of a tag that is there twice, the first. */
export function tagsOf(record: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const part of record.split(';')) {
    const [name = '', ...value] = part.split('=');
    const tag = name.trim().toLowerCase();
    if (tag !== '' && value.length > 0 && !tags.has(tag)) tags.set(tag, value.join('=').trim());
  }
  return tags;
}
