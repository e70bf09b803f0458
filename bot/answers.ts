import type { BenefitError } from '../benefits/errors';
import type { Ledger } from '../benefits/ports';
import { mayAssign, maySetRoles } from '../benefits/access';
import type { User } from '../benefits/model';
import type { AdaptiveCard } from '../cards/bind';
import { button, link } from '../cards/buttons';
import type { StartVerb } from '../cards/help/help';
import { messageCard } from '../cards/message/message';
import type { Texts } from '../locales/texts';

/** The links of docs/rules.md, rule 0. */
export interface PartnerLinks {
  readonly membershipCenter: string;
  readonly program: string;
}

const ASKED = 3;

/** What this person may start, as the verbs of its buttons: what they most often want comes first. */
export function mayStart(user: User): StartVerb[] {
  const [isBenefitsAdmin, isAccountAdmin] = [mayAssign(user), maySetRoles(user)];
  const verbs: readonly (readonly [StartVerb, boolean])[] = [
    ['assign', isBenefitsAdmin],
    ['myBenefits', true],
    ['overview', true],
    ['reassign', isBenefitsAdmin],
    ['release', isBenefitsAdmin],
    ['activations', isBenefitsAdmin],
    ['assignMany', isBenefitsAdmin],
    ['resend', isBenefitsAdmin],
    ['keys', true],
    ['requestHours', true],
    ['requests', true],
    ['users', isBenefitsAdmin || isAccountAdmin],
    ['newUser', isBenefitsAdmin || isAccountAdmin],
    ['history', isBenefitsAdmin || isAccountAdmin],
    ['export', isBenefitsAdmin || isAccountAdmin],
  ];
  return verbs.flatMap(([verb, may]) => (may ? [verb] : []));
}

/** A refusal that no card of a dialog shows: the sentence, and where to go on from it. */
export async function refusalCard(
  error: BenefitError,
  t: Texts,
  ledger: Ledger,
  links: PartnerLinks,
): Promise<AdaptiveCard> {
  const text = t(`refusal.${error.code}`, error.facts);
  switch (error.code) {
    case 'notBenefitsAdmin':
      return messageCard(
        t,
        t('instead.title'),
        [t('instead.text'), await whomToAsk(t, ledger)],
        [button(t, 'myBenefits')],
      );
    case 'keysNotForYou':
      return messageCard(
        t,
        t('keys.notForYou'),
        [text, await whomToAsk(t, ledger)],
        [button(t, 'myBenefits'), button(t, 'help')],
      );
    case 'companyNotLoaded':
      return messageCard(
        t,
        t('refusal.title'),
        [text],
        [
          link(t('link.partnerMembershipCenter'), links.membershipCenter),
          link(t('link.joinProgram'), links.program),
        ],
      );
    case 'signInGuest':
    case 'signInHasNoEmail':
    case 'signInTaken':
    case 'youAreInactive':
      return messageCard(t, t('refusal.title'), [text], []);
    default:
      return messageCard(t, t('refusal.title'), [text], [button(t, 'help')]);
  }
}

/** "You can ask: Adele Vance (adele.vance@contoso.com)." */
export async function whomToAsk(t: Texts, ledger: Ledger): Promise<string> {
  const admins = await ledger.usersWithRole('benefitsAdmin', ASKED);
  if (admins.length === 0) return t('nobodyToAsk');
  const people = admins.map(({ displayName, email }) => `${displayName} (${email})`);
  return t('whomToAsk', { people: new Intl.ListFormat(t.language, { type: 'disjunction' }).format(people) });
}

/** A button that no card of ours has, or has any more. */
export const earlierCard = (t: Texts): AdaptiveCard =>
  messageCard(t, t('earlierRun.title'), [t('earlierRun.text')], [button(t, 'help')]);

/** Something broke: what the person can quote is what stands in the log. */
export const faultCard = (t: Texts, reference: string): AdaptiveCard =>
  messageCard(t, t('fault.title'), [t('fault.text', { reference })], [button(t, 'help')]);

/** In a group or channel, where whatever is answered is for everybody to see: what the bot is for, and the way to the private chat. */
export function openChatCard(t: Texts, botId: string): AdaptiveCard {
  const url = `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(botId)}`;
  return messageCard(
    t,
    t('openChat.title'),
    [t('openChat.what'), t('openChat.text')],
    [link(t('link.openChat'), url)],
  );
}
