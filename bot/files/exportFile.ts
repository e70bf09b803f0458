import { mustBeAllowedToExport } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import { type Export, openExport } from '../../benefits/exports';
import type { Ports } from '../../benefits/ports';
import { userAudit } from '../../benefits/records';
import { csvOf } from '../exports/csv';
import { xlsxOf } from '../exports/xlsx';
import { type ExportOrder, exportOrder, tablesOf } from './exportOrder';
import type { FileAsk, FileToMake } from './offers';

/** Tables of the ledger, as the operator's command makes them. @throws BenefitError `mayNotExport`, `unknownId` */
export function exportFile({ user, details, ports }: FileAsk): FileToMake {
  mustBeAllowedToExport(user);
  const { data: order } = exportOrder.safeParse(details);
  if (!order) throw new BenefitError('unknownId');
  return {
    chunks: order.format === 'xlsx' ? xlsxOf(opened(order, ports)) : csv(order, ports),
    async record() {
      const press = { operationId: `export-${ports.random(10)}`, by: user.id };
      const tables = { tables: tablesOf(order), format: order.format };
      await ports.ledger.commit([userAudit('export', press, user.id, ports.now().toISOString(), tables)]);
    },
  };
}

async function* opened(order: ExportOrder, ports: Ports): AsyncGenerator<Export> {
  for (const name of tablesOf(order)) yield await openExport(ports.ledger, name, ports.now());
}

async function* csv(order: ExportOrder, ports: Ports): AsyncGenerator<string> {
  for await (const table of opened(order, ports)) yield* csvOf(table);
}
