import type { Locale } from '../../../src/domain/locale.ts';

/** Discord's names of our languages beside English; those who read Traditional Chinese get the Simplified one. */
const LOCALES: ReadonlyMap<string, Locale> = new Map([
  ['de', 'de'],
  ['zh-CN', 'zh-CN'],
  ['zh-TW', 'zh-CN'],
]);

/** The language of replies to a member whose client speaks `locale`; undefined for the usual one. */
export function localeOf(locale: string | undefined): Locale | undefined {
  return LOCALES.get(locale ?? '');
}
