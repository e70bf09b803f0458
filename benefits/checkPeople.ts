import type { Finding } from './findings';
import type { Kept, LedgerContents } from './ledgerContents';
import { isAccountAdmin } from './roles';

/** The company's row, and its count of account admins, by which the last one is kept. */
export function companyFindings({ company: [company], user }: LedgerContents): Finding[] {
  if (!company) return [{ code: 'noCompany', row: 'company', says: 'is not there' }];
  const admins = user.filter(isAccountAdmin).length;
  if (company.accountAdmins === admins) return [];
  const says = `counts ${company.accountAdmins} account admins, and ${admins} active users have the role`;
  return [{ code: 'accountAdmins', row: company.row, says }];
}

/** Users and benefits are never deleted: whatever names one that is not there is wrong. */
export function danglingFindings(contents: LedgerContents): Finding[] {
  const { assignment, handover, productKey, claims, serviceRequest, notice, due, chat } = contents;
  const users = new Set(contents.user.map(({ id }) => id));
  const benefits = new Set(contents.benefit.map(({ id }) => id));
  const released = due.filter((work) => work.kind === 'releaseAll');
  const freed = due.filter((work) => work.kind === 'freeSeat');
  return [
    ...[assignment, claims, notice, chat, released].flatMap((rows) =>
      unknownUsers(rows, ({ userId }) => userId),
    ),
    ...unknownUsers(released, ({ by }) => by),
    ...unknownUsers(handover, ({ to }) => to.id),
    ...unknownUsers(productKey, ({ owner }) => owner?.id),
    ...unknownUsers(serviceRequest, ({ requestedBy }) => requestedBy.id),
    ...[assignment, handover, productKey, serviceRequest, freed].flatMap(unknownBenefits),
  ];

  function unknownUsers<T>(
    rows: readonly Kept<T>[],
    userOf: (row: Kept<T>) => string | undefined,
  ): Finding[] {
    return rows.flatMap((each) => {
      const id = userOf(each);
      if (id === undefined || users.has(id)) return [];
      return [{ code: 'unknownUser', row: each.row, says: `names the user ${id}, who is not there` }];
    });
  }

  function unknownBenefits(rows: readonly Kept<{ readonly benefitId: string }>[]): Finding[] {
    return rows.flatMap(({ row, benefitId }) =>
      benefits.has(benefitId)
        ? []
        : [{ code: 'unknownBenefit', row, says: `names the benefit ${benefitId}, which is not there` }],
    );
  }
}
