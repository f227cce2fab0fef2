/** What is told of one address: mail for it came back for good, or its owner has called one of ours unwanted. */
export interface Report {
  kind: 'bounce' | 'complaint';
  /** As `readAddress` gives it. */
  address: string;
}

/** What a body tells, which may be nothing; or a sentence about what it should be. */
export type Reports = { reports: Report[] } | { sentence: string };

/** The most that one request may tell of; each costs some work of the store. */
export const MOST_REPORTS = 1000;
