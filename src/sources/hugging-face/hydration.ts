import { z } from 'zod';
import type { Listing } from '../../domain/listing.ts';
import type { Paper } from '../../domain/paper.ts';
import { type Finding, readEntries } from './entries.ts';
import {
  agrees,
  type Claim,
  claimOfAddress,
  isUndatedKind,
  otherPeriod,
  type Page,
  undated,
  walk,
} from './page.ts';
import { paperSchema, pathOf } from './schema.ts';
import { unknownShape } from './shape.ts';
import { translatePaper } from './translate.ts';

/** What the list component is given; `date` in 2024, the others since 2025 (`huggingface-papers.md` §3.1). */
const listSchema = z.object({
  dailyPapers: z.array(z.unknown()),
  date: z.string().optional().catch(undefined),
  dateString: z.string().optional().catch(undefined),
  periodType: z.enum(['day', 'week', 'month']).optional().catch(undefined),
  isTrending: z.boolean().optional().catch(undefined),
});

const KINDS = { day: 'daily', week: 'weekly', month: 'monthly' } as const;

/**
 * Reads a listing out of the data that a page carries for its own scripts. Empty when the page shows another period.
 *
 * Errors: `SourceFormatError`.
 */
export function readHydration({ url, html }: Page, listing: Listing): Finding {
  const props = listSchema.safeParse(findProps(html, 'dailyPapers'));
  if (!props.success)
    throw unknownShape('hydration', 'dailyPapers is not a list', 'dailyPapers', props.error);
  const told = claimOfProps(props.data);
  const moved = claimOfAddress(url);
  for (const claim of [told, moved]) {
    if (claim && agrees(listing, claim) === false) {
      return { papers: [], warnings: [otherPeriod(listing, claim)] };
    }
  }
  const finding = readEntries(props.data.dailyPapers, listing, { way: 'hydration', at: ['dailyPapers'] });
  const isTold = isUndatedKind(listing) || (told && agrees(listing, told));
  return isTold ? finding : { ...finding, warnings: [...finding.warnings, undated(listing)] };
}

/** Reads the paper of a paper's page. Errors: `SourceFormatError`. */
export function readPaperHydration({ html }: Page): Paper {
  const props = findProps(html, 'paper');
  const read = paperSchema.safeParse(props.paper);
  if (read.success) return translatePaper(read.data);
  const issue = read.error.issues[0];
  throw unknownShape(
    'hydration',
    issue?.message ?? 'unknown',
    pathOf(['paper', ...(issue?.path ?? [])]),
    read.error,
  );
}

function claimOfProps({
  date,
  dateString,
  periodType,
  isTrending,
}: z.output<typeof listSchema>): Claim | undefined {
  if (isTrending === true) return { kind: 'trending' };
  const key = dateString ?? date;
  const claim: Claim = {
    ...(periodType === undefined ? {} : { kind: KINDS[periodType] }),
    ...(key === undefined ? {} : { key }),
  };
  return Object.keys(claim).length === 0 ? undefined : claim;
}

/** The data of the component that has `key`, whatever its name, attributes and place. */
function findProps(html: string, key: string): Record<string, unknown> {
  let broken: unknown;
  for (const event of walk(html)) {
    const json = event.kind === 'open' ? event.attributes['data-props'] : undefined;
    if (!json?.includes(`"${key}"`)) continue;
    try {
      const props: unknown = JSON.parse(json);
      if (typeof props === 'object' && props !== null && Object.hasOwn(props, key)) {
        return props as Record<string, unknown>;
      }
    } catch (error) {
      broken = error;
    }
  }
  if (broken) throw unknownShape('hydration', 'the data of the page is not whole JSON', 'data-props', broken);
  throw unknownShape('hydration', `no component has ${key}`, 'data-props');
}
