import type { Clock } from '../../clock.ts';
import type { ArchiveView } from '../../view.ts';
import type { Site } from '../answers.ts';

/** What pages of the archive are made from. */
export interface ArchiveParts {
  site: Site;
  archive: ArchiveView;
  clock: Clock;
}
