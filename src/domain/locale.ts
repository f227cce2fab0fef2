/** Languages of our replies, as BCP 47 names them; the first one stands in for all others. */
export const LOCALES = ['en', 'de', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];
