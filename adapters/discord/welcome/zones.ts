/** One of each offset where many people live, from west to east; every other one by `/paper feed add`. */
export const ZONES: readonly string[] = [
  'Pacific/Honolulu',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Sao_Paulo',
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Lagos',
  'Africa/Johannesburg',
  'Europe/Istanbul',
  'Africa/Nairobi',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Asia/Seoul',
  'Australia/Brisbane',
  'Australia/Sydney',
  'Pacific/Auckland',
];
const ZONE_OF: Readonly<Record<string, string>> = {
  'en-US': 'America/New_York',
  'en-GB': 'Europe/London',
  de: 'Europe/Berlin',
  fr: 'Europe/Berlin',
  it: 'Europe/Berlin',
  'es-ES': 'Europe/Berlin',
  pl: 'Europe/Berlin',
  tr: 'Europe/Istanbul',
  'pt-BR': 'America/Sao_Paulo',
  'zh-CN': 'Asia/Shanghai',
  'zh-TW': 'Asia/Shanghai',
  ja: 'Asia/Tokyo',
  ko: 'Asia/Seoul',
};

/** A first guess by the language of a server, as Discord names it. */
export function zoneFor(locale: string | undefined): string {
  return ZONE_OF[locale ?? ''] ?? 'UTC';
}
