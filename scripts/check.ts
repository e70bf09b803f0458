import { checkLedger } from '../benefits/checkLedger';
import { type Finding, MEANINGS } from '../benefits/findings';
import { openTenant } from './operator';
import { printResult, progress } from './output';

/**
 * `check`: what in a company's ledger breaks an invariant, a line each; exit code 1 when something does. It may run
 * while the bot works (`checkLedger` looks twice), and changes nothing.
 */
export async function check({ tenant, json }: { tenant: string; json: boolean }): Promise<void> {
  const { tables, tenantId } = await openTenant(tenant);
  const contents = (id: string) => tables.contents(id, progress('rows read', 10_000));
  const found = await checkLedger({ contents }, tenantId, new Date());
  if (found.length > 0) process.exitCode = 1;
  printResult(json, found.map(withMeaning), () => inWords(found));
}

const withMeaning = ({ code, row, says }: Finding) => ({ code, row, says, means: MEANINGS[code] });

function inWords(found: readonly Finding[]): string {
  if (found.length === 0) return 'clean: nothing breaks an invariant';
  return [
    ...found.map(({ row, says, code }) => `${row}  ${says}: ${MEANINGS[code]}`),
    `findings: ${found.length}, each seen twice at a row that stood unchanged, since one look at a bot at work may fall between two moments; nothing was repaired`,
  ].join('\n');
}
