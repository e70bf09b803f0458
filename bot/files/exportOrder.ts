import { z } from 'zod';
import { EXPORTS, type ExportName } from '../../benefits/exports';

/** What somebody takes out of the ledger: one table in either form, or a workbook of all. */
export const exportOrder = z.union([
  z.strictObject({ table: z.enum(['all', ...EXPORTS]), format: z.literal('xlsx') }),
  z.strictObject({ table: z.enum(EXPORTS), format: z.literal('csv') }),
]);
export type ExportOrder = z.infer<typeof exportOrder>;

/** All that can be ordered, as it is listed. */
export const EXPORT_ORDERS: readonly ExportOrder[] = [
  { table: 'all', format: 'xlsx' },
  ...EXPORTS.map((table) => ({ table, format: 'xlsx' as const })),
  ...EXPORTS.map((table) => ({ table, format: 'csv' as const })),
];

export const tablesOf = ({ table }: ExportOrder): readonly ExportName[] =>
  table === 'all' ? EXPORTS : [table];
