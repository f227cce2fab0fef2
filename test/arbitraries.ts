import fc from 'fast-check';

/** Every IANA zone that this runtime knows. */
export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

export const aZone: fc.Arbitrary<string> = fc.constantFrom(...ZONES);

/** Any minute from 2023 to 2032. */
export const anInstant: fc.Arbitrary<string> = fc
  .integer({ min: Date.UTC(2023, 0, 1) / 60_000, max: Date.UTC(2033, 0, 1) / 60_000 })
  .map((minute) => new Date(minute * 60_000).toISOString());

export const aTime: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
