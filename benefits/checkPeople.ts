import { type Finding, finding } from './findings';
import type { Kept, LedgerContents } from './ledgerContents';
import { isAccountAdmin } from './roles';

/** The company's row, and its count of account admins, by which the last one is kept. */
export function companyFindings({ company: [company], user }: LedgerContents): Finding[] {
  if (!company) return [finding('noCompany', { row: 'company', etag: '' }, 'is not there')];
  const admins = user.filter(isAccountAdmin).length;
  if (company.accountAdmins === admins) return [];
  const says = `counts ${company.accountAdmins} account admins, and ${admins} active users have the role`;
  return [finding('accountAdmins', company, says)];
}

/** What is to be done daily has its due work. */
export function syncFindings({ userSync, due }: LedgerContents): Finding[] {
  if (due.some(({ kind }) => kind === 'syncUsers')) return [];
  return userSync
    .filter(({ isDaily }) => isDaily)
    .map((each) => finding('syncLost', each, 'is to go on daily, and has no due work that would do it'));
}

/** Users and benefits are never deleted: whatever names one that is not there is wrong. */
export function danglingFindings(contents: LedgerContents): Finding[] {
  const { assignment, handover, productKey, claims, serviceRequest, notice, due, chat } = contents;
  const users = new Set(contents.user.map(({ id }) => id));
  const benefits = new Set(contents.benefit.map(({ id }) => id));
  const released = due.filter((work) => work.kind === 'releaseAll');
  const installed = due.filter((work) => work.kind === 'installApp');
  const freed = due.filter((work) => work.kind === 'freeSeat');
  return [
    ...[assignment, claims, notice, chat, released, installed].flatMap((rows) =>
      unknownUsers<{ readonly userId: string }>(rows, ({ userId }) => userId),
    ),
    ...unknownUsers(released, ({ by }) => by),
    ...unknownUsers(handover, ({ to }) => to.id),
    ...unknownUsers(productKey, ({ owner }) => owner?.id),
    ...unknownUsers(serviceRequest, ({ requestedBy }) => requestedBy.id),
    ...[assignment, handover, productKey, serviceRequest, freed].flatMap(unknownBenefits),
  ];

  function unknownUsers<T>(rows: readonly Kept<T>[], userOf: (row: T) => string | undefined): Finding[] {
    return rows.flatMap((each) => {
      const id = userOf(each);
      if (id === undefined || users.has(id)) return [];
      return [finding('unknownUser', each, `names the user ${id}, who is not there`)];
    });
  }

  function unknownBenefits(rows: readonly Kept<{ readonly benefitId: string }>[]): Finding[] {
    return rows
      .filter(({ benefitId }) => !benefits.has(benefitId))
      .map((each) =>
        finding('unknownBenefit', each, `names the benefit ${each.benefitId}, which is not there`),
      );
  }
}
