/** What is separated by commas, without those that stand in quotes; each once, none empty. */
export function partsOf(given: string): string[] {
  const parts = given.match(/(?:[^,"]|"[^"]*"?)+/g) ?? [];
  return [...new Set(parts.map((part) => part.trim()))].filter((part) => part !== '');
}
