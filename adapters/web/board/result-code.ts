/**
 * The primary result code of an error of SQLite (https://www.sqlite.org/rescode.html, 2026-11-26): the low byte of its
 * code, the rest tells variants apart. 0 for an error of another kind.
 */
export function codeOf(error: unknown): number {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : 0;
}
