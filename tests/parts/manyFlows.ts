import { activate } from '../../benefits/activation';
import { assignBenefit } from '../../benefits/assign';
import { startBulk } from '../../benefits/assignBulk';
import { checkBulk } from '../../benefits/checkBulk';
import { deactivateUser, reactivateUser } from '../../benefits/deactivate';
import { editUser } from '../../benefits/editUser';
import { claimKeys } from '../../benefits/keys';
import { newOperationId, type Press } from '../../benefits/operations';
import { callOffHandover, planHandover } from '../../benefits/planHandover';
import type { Ports } from '../../benefits/ports';
import { reassign } from '../../benefits/reassign';
import { releaseAssignment } from '../../benefits/release';
import { closeRequest } from '../../benefits/requestAnswers';
import { requestHours } from '../../benefits/requests';
import { setRoles } from '../../benefits/roles';
import { undoAssignment } from '../../benefits/undo';
import type { OpenCompany } from './company';

export const ADELE = 'adele-vance';
export const ALEX = 'alex-wilber';
export const MARIE = 'marie-dupont';
export const JEAN = 'jean-dupont';
export const DIEGO = 'diego-siciliani';
const NESTOR = 'nestor-wilke';
/** Its seats can't go to somebody else for 90 days. */
export const BOUND = 'visual-studio-professional-action-pack';
export const VS = 'visual-studio-enterprise';
const BI = 'power-bi-pro';
const SUPPORT = 'cloud-support-incidents';
export const HOURS = 'partner-advisory-hours';
export const SINGLE_USE = 'microsoft-365-business-premium';
export const MULTIPLE = 'sql-server-enterprise';

/** A form that is good for any request; four hours. */
export const FORM = {
  ...{
    title: 'Azure landing zone',
    description: 'A second pair of eyes.',
    product: 'Azure',
    phase: 'design',
  },
  ...{ hours: '4', country: 'FR', language: 'fr', phone: '+33199000000', timeZone: 'Europe/Paris' },
};

/** A press of a new button. */
export const pressBy = (ports: Ports, by: string): Press => ({ operationId: newOperationId(ports), by });

/** All that people can do to a ledger is done in this company at least once; messages are sent, kept and waiting. */
export async function goesThroughManyFlows(company: OpenCompany): Promise<void> {
  const { ports } = company;
  const alex = company.person('Alex Wilber');
  await alex.says('help');
  const by = (userId: string) => pressBy(ports, userId);
  const assigns = async (benefitId: string, userId: string, alternateEmail?: string): Promise<string> => {
    const press = by(ADELE);
    await assignBenefit(ports, press, { benefitId, userId, alternateEmail });
    return press.operationId;
  };

  await assigns(VS, ALEX);
  await assigns(VS, ADELE);
  await reassign(ports, by(NESTOR), { benefitId: VS, fromUserId: ALEX, toUserId: JEAN });
  await undoAssignment(ports, by(ADELE), { benefitId: BI, userId: MARIE, madeBy: await assigns(BI, MARIE) });
  await assigns(SUPPORT, ALEX, 'alex@fabrikam.com');
  await assigns(SUPPORT, JEAN, 'jean@fabrikam.com');
  await activate(ports, by(ADELE), { benefitId: SUPPORT, userId: JEAN, note: 'Access ID 42' });
  await company.works();

  for (const userId of [ALEX, MARIE, DIEGO]) await assigns(BOUND, userId);
  await releaseAssignment(ports, by(ADELE), { benefitId: BOUND, userId: MARIE });
  for (const fromUserId of [ALEX, DIEGO])
    await planHandover(ports, by(ADELE), { benefitId: BOUND, fromUserId, toUserId: JEAN });
  await callOffHandover(ports, by(ADELE), { benefitId: BOUND, fromUserId: DIEGO });

  await assigns(BI, DIEGO);
  await deactivateUser(ports, by(ADELE), { userId: DIEGO });
  await setRoles(ports, by(ADELE), { userId: MARIE, roles: ['accountAdmin'] });
  await setRoles(ports, by(ADELE), { userId: MARIE, roles: ['accountAdmin'] });
  await editUser(ports, by(ADELE), { userId: JEAN, displayName: 'Jean-Paul Dupont' });
  await deactivateUser(ports, by(ADELE), { userId: MARIE });
  await reactivateUser(ports, by(ADELE), { userId: MARIE });

  const messageId = 'message-1';
  await claimKeys(ports, by(NESTOR), { benefitId: SINGLE_USE, messageId });
  await claimKeys(ports, by(NESTOR), { benefitId: SINGLE_USE, messageId });
  await claimKeys(ports, by(ADELE), { benefitId: SINGLE_USE, messageId });
  await claimKeys(ports, by(NESTOR), { benefitId: MULTIPLE, messageId });
  await claimKeys(ports, by(NESTOR), { benefitId: 'windows-server-2025-standard', messageId });

  await assigns(HOURS, ALEX);
  const { id: requestId } = await requestHours(ports, by(ALEX), { benefitId: HOURS, form: FORM });
  await closeRequest(ports, by(ADELE), { requestId, spent: '1' });
  await requestHours(ports, by(ALEX), { benefitId: HOURS, form: FORM });

  const boss = await ports.ledger.user(ADELE);
  if (!boss) throw new Error('there is no Adele');
  const list = ['alex.wilber@contoso.com', 'jean.dupont@contoso.com', 'x'];
  const lines = list.map((user, index) => ({ number: index + 1, benefit: 'technical-presales', user }));
  const { id: bulkId } = await checkBulk(ports, boss, lines);
  await startBulk(ports, { bulkId, by: boss });
  await checkBulk(ports, boss, lines);

  company.minutesLater(2);
  await company.works();
  const quiet = { ...ports, ledger: company.quietLedger() };
  await assignBenefit(quiet, by(ADELE), { benefitId: VS, userId: MARIE });
}
