import { EXPORTS } from '../benefits/exports';
import { ROLES } from '../benefits/model';
import { check } from './check';
import { type Command, command } from './command';
import { exportTables } from './export';
import { grant } from './grant';
import { importFile } from './import';
import { importKeyList, rotate } from './keys';
import { drop, listOutbox, retry } from './outbox';
import { users } from './users';
import { syncFromEntra } from './usersSync';

const tenant = { value: 'ID', needed: true, says: "the company's tenant" } as const;
const json = { flag: true, says: 'the result as one JSON document' } as const;
const dryRun = { flag: true, says: 'says what it would do, and changes nothing' } as const;

/** The operator's commands, by name. */
export const commands: Readonly<Record<string, Command>> = {
  import: command(
    {
      says: 'loads a company file, repeatably (samples/README.md)',
      operand: 'FILE',
      options: { tenant, 'dry-run': dryRun, json },
    },
    importFile,
  ),
  export: command(
    {
      says: 'writes tables of a company, for a spreadsheet or a program (docs/operations.md)',
      options: {
        tenant,
        what: { value: 'TABLE', says: `${EXPORTS.join(', ')} or all, which it is without` },
        format: { value: 'csv|xlsx', says: 'csv without; in xlsx each table is a sheet' },
        out: {
          value: 'FILE|FOLDER',
          says: 'where: a folder for several tables as CSV; one goes to stdout without',
        },
        json,
      },
    },
    exportTables,
  ),
  users: command(
    {
      says: 'lists users with their roles and what they hold',
      options: {
        tenant,
        search: { value: 'TEXT', says: 'only the active whose names or e-mail begin so, 100 at most' },
        json,
      },
    },
    users,
  ),
  'users sync': command(
    {
      says: 'takes over names, addresses and languages from Entra ID, and tells who has left',
      options: { tenant, 'dry-run': dryRun, json },
    },
    syncFromEntra,
  ),
  grant: command(
    {
      says: 'gives a user a role',
      options: {
        tenant,
        user: { value: 'EMAIL', needed: true, says: 'their address' },
        role: { value: 'ROLE', needed: true, says: ROLES.join(' or ') },
        'dry-run': dryRun,
        json,
      },
    },
    grant,
  ),
  'keys import': command(
    {
      says: 'adds product keys, encrypted: one a line, of multiple activation keys KEY,50; - reads them from stdin',
      operand: 'FILE',
      options: {
        tenant,
        benefit: { value: 'ID', needed: true, says: 'whose keys they are' },
        'dry-run': dryRun,
        json,
      },
    },
    importKeyList,
  ),
  'keys rotate': command(
    {
      says: 'encrypts all product keys with the first of KEY_ENCRYPTION_KEYS',
      options: { tenant, 'dry-run': dryRun, json },
    },
    rotate,
  ),
  check: command(
    {
      says: 'tells what in the ledger breaks an invariant; it may run while the bot works, and changes nothing',
      options: { tenant, json },
    },
    check,
  ),
  outbox: command(
    {
      says: 'lists what waits to be sent, what was given up, what was sent in the last day; or does something about it',
      options: {
        tenant,
        retry: { value: 'NOTICE|all', says: 'tries one notice, or all that were given up, again now' },
        drop: { value: 'NOTICE', says: 'gives one up for good' },
        'dry-run': dryRun,
        json,
      },
    },
    (values) => {
      if (values.retry !== undefined) return retry({ ...values, retry: values.retry });
      if (values.drop !== undefined) return drop({ ...values, drop: values.drop });
      return listOutbox(values);
    },
  ),
};
