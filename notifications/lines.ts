import type { Stored } from '../benefits/model';
import type { Notice } from '../benefits/work';

/** By address, in the order in which they were made. */
export function linesOf(notices: readonly Stored<Notice>[], channel: Notice['channel']): Stored<Notice>[][] {
  const lines = new Map<string, Stored<Notice>[]>();
  for (const notice of notices) {
    if (notice.channel !== channel) continue;
    const line = lines.get(notice.to);
    if (line) line.push(notice);
    else lines.set(notice.to, [notice]);
  }
  return [...lines.values()];
}
