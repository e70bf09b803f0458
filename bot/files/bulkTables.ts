import type { BulkLine, BulkPart } from '../../benefits/bulk';
import type { Cell, Table } from '../../benefits/exports';
import type { Benefit, Day } from '../../benefits/model';
import { asksAlternateEmail, freeSeats, whyNotGiven } from '../../benefits/seats';
import { reasonOf } from '../../cards/bulk-preview/bulkPreview';
import type { Texts } from '../../locales/texts';

/** What became of each line of a bulk, in the order of the list; it can be given as a list again. */
export function resultTable(
  parts: readonly BulkPart[],
  catalogue: readonly Pick<Benefit, 'id' | 'name'>[],
  t: Texts,
): Table {
  const names = new Map(catalogue.map(({ id, name }) => [id, t.local(name)]));
  const lines = parts.flatMap(({ lines: some }) => some).sort((one, other) => one.number - other.number);
  const columns = ['line', 'benefit', 'user', 'alternateEmail', 'result', 'reason'] as const;
  return table(
    t('bulk.sheet.result'),
    columns.map((column) => t(`bulk.column.${column}`)),
    lines.map((line) => [
      line.number,
      line.benefit,
      line.user,
      line.alternateEmail,
      t(`bulk.result.${resultOf(line)}`),
      reasonOf(
        line,
        {
          benefit: names.get(line.benefitId ?? '') ?? line.benefit,
          user: line.userName ?? line.user,
        },
        t,
      ),
    ]),
  );
}

function resultOf({ outcome }: BulkLine): 'open' | 'assigned' | 'refused' {
  if (outcome === undefined) return 'open';
  return outcome === 'assigned' ? 'assigned' : 'refused';
}

/** A list to fill in, and on a second sheet the benefits that can be assigned to people today. */
export function templateTables(catalogue: readonly Benefit[], today: Day, t: Texts): Table[] {
  const list = (['benefit', 'user', 'alternateEmail'] as const).map((column) => t(`bulk.column.${column}`));
  const about = (['benefit', 'id', 'free', 'asksAlternateEmail'] as const).map((column) =>
    t(`bulk.column.${column}`),
  );
  const given = catalogue.filter((benefit) => !whyNotGiven(benefit, today));
  return [
    table(t('bulk.sheet.list'), list, []),
    table(
      t('bulk.sheet.benefits'),
      about,
      given.map((benefit) => [
        t.local(benefit.name),
        benefit.id,
        freeSeats(benefit),
        asksAlternateEmail(benefit) ? t('bulk.column.yes') : undefined,
      ]),
    ),
  ];
}

function table(name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  async function* pages() {
    yield await Promise.resolve(rows);
  }
  return { name, columns, pages: pages() };
}
