/** Languages of our replies, as BCP 47 names them; the first one stands in for all others. */
export const LOCALES = ['en', 'de', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * The language of replies to somebody whose client speaks `code` (`de-DE`, `zh-TW`); undefined for the usual one. Those who
 * read Traditional Chinese get the Simplified one.
 */
export function localeOf(code: string | undefined): Locale | undefined {
  const [language] = (code ?? '').split('-');
  return language === 'de' ? 'de' : language === 'zh' ? 'zh-CN' : undefined;
}
