import type { Html } from './html.ts';

/** What stands in the head of a page beside its title. */
export interface Alternate {
  /** `application/atom+xml` and its kin. */
  type: string;
  title: string;
  href: string;
}

export interface PageParts {
  /** Plain text; ` · Paperwire` is put behind it. */
  title: string;
  /** Which place of the navigation this is. */
  here?: 'playground' | 'papers' | 'topics' | 'search' | 'status';
  /** For previews of shared links; plain text. */
  description?: string;
  alternates?: readonly Alternate[];
  /** Addresses beside `/assets/site.css`. */
  styles?: readonly string[];
  /** Modules; none on pages that need no script. */
  scripts?: readonly string[];
  /** The playground is there, at `/`; else the newest list is. */
  hasPlayground: boolean;
  body: Html;
}

/** A whole page: head, navigation, main part, foot. */
export declare function page(parts: PageParts): Html;
