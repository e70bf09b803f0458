import { z } from 'zod';
import { mustBeBenefitsAdmin } from '../../benefits/access';
import { mustBeOwnBulk } from '../../benefits/bulk';
import { dayIn } from '../../benefits/days';
import { BenefitError } from '../../benefits/errors';
import { xlsxOf } from '../exports/xlsx';
import { resultTable, templateTables } from './bulkTables';
import type { FileAsk, FileToMake } from './offers';

const resultOf = z.object({ bulkId: z.string().regex(/^[a-z0-9-]{1,100}$/) });

/** What became of each line of a list. @throws BenefitError as `mustBeOwnBulk` does */
export async function resultFile({ user, details, ports: { ledger }, t }: FileAsk): Promise<FileToMake> {
  const { data } = resultOf.safeParse(details);
  const bulk = data && (await ledger.bulk(data.bulkId));
  mustBeOwnBulk(bulk, user);
  const [parts, benefits] = await Promise.all([ledger.bulkParts(bulk.id), ledger.benefits()]);
  return { chunks: xlsxOf([resultTable(parts, benefits, t)]) };
}

/** A list to fill in. @throws BenefitError `notBenefitsAdmin`, `companyNotLoaded` */
export async function templateFile({ user, ports: { ledger, now }, t }: FileAsk): Promise<FileToMake> {
  mustBeBenefitsAdmin(user);
  const [company, benefits] = await Promise.all([ledger.company(), ledger.benefits()]);
  if (!company) throw new BenefitError('companyNotLoaded');
  return { chunks: xlsxOf(templateTables(benefits, dayIn(company.timeZone, now()), t)) };
}
