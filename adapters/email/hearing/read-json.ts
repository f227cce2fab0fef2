import { z } from 'zod';
import { readAddress } from '../subscribing/address.ts';
import { MOST_REPORTS, type Report, type Reports } from './report.ts';

const reportSchema = z.object({ kind: z.enum(['bounce', 'complaint']), address: z.string() });
const reportsSchema = z.union([
  reportSchema.transform((report) => [report]),
  z.array(reportSchema).max(MOST_REPORTS),
]);

/** Reads `{"kind":"bounce","address":"…"}`, or an array of such. */
export function readJson(text: string): Reports {
  const read = reportsSchema.safeParse(parsed(text)).data;
  if (!read) {
    const form = '{"kind":"bounce","address":"ada@example.org"}';
    return { sentence: `Send ${form}, kind bounce or complaint, or an array of up to ${MOST_REPORTS} such.` };
  }
  const reports: Report[] = [];
  for (const { kind, address: text } of read) {
    const address = readAddress(text);
    if (address === undefined) return { sentence: `Report ${reports.length + 1} names no e-mail address.` };
    reports.push({ kind, address });
  }
  return { reports };
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
