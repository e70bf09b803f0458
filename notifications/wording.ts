import { type Benefit, ROLES } from '../benefits/model';
import type { Notice } from '../benefits/work';
import { rolesInWords } from '../cards/user/user';
import type { Texts } from '../locales/texts';

/** What a notice says to its reader, on a card as in an e-mail. */
export interface Wording {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Where the benefit is managed, when that is what to do next. */
  readonly portalUrl?: string;
}

/** @param benefit as it is now; undefined when it is gone from the catalogue */
export function wordingOf({ key, facts }: Notice, benefit: Benefit | undefined, t: Texts): Wording {
  const instructions = benefit?.instructions ? [t.local(benefit.instructions)] : [];
  const next = benefit?.next ? [t.local(benefit.next)] : [];
  const title = t(`notice.${key}.title`, facts);
  const text = t(`notice.${key}.text`, facts);
  switch (key) {
    case 'assigned':
      if (facts.status === 'activating')
        return { title, paragraphs: [text, t('notice.assigned.activating', facts)] };
      return { title, paragraphs: [text, ...next, ...instructions], portalUrl: benefit?.portalUrl };
    case 'activated': {
      const note = typeof facts.note === 'string' ? [t('notice.activated.note', facts)] : [];
      return { title, paragraphs: [text, ...note, ...next, ...instructions], portalUrl: benefit?.portalUrl };
    }
    case 'instructions':
      return {
        title,
        paragraphs: [
          text,
          ...(facts.expectedOn ? [t('notice.assigned.activating', facts)] : []),
          ...instructions,
        ],
        portalUrl: benefit?.portalUrl,
      };
    case 'requestMade': {
      const { hours } = facts;
      const asked = typeof hours === 'number' && hours > 0;
      return {
        title,
        paragraphs: [text, ...(asked ? [t('notice.requestMade.hours', { ...facts, count: hours })] : [])],
      };
    }
    case 'requestAnswered':
      return { title, paragraphs: [text, ...(typeof facts.answer === 'string' ? [facts.answer] : [])] };
    case 'requestClosed': {
      const { hours, returned } = facts;
      const isCounted = typeof returned === 'number' && hours !== 0;
      return {
        title,
        paragraphs: [
          text,
          ...(isCounted ? [t('notice.requestClosed.hours', { ...facts, count: returned })] : []),
        ],
      };
    }
    case 'undelivered':
      return { title, paragraphs: [reasonIn(facts.reason, facts, t), text] };
    case 'roleChanged': {
      const roles = ROLES.filter((role) => String(facts.roles).split(',').includes(role));
      const may = (roles.length === 0 ? (['employee'] as const) : roles).map((role) => t(`roleMay.${role}`));
      const said = t('notice.roleChanged.text', { ...facts, roles: rolesInWords(roles, t) });
      return { title, paragraphs: [said, ...may] };
    }
    case 'handoverFailed':
      return { title, paragraphs: [text, whyFailed(facts, t)] };
    case 'leftEntra': {
      const holds = facts.count === 0 ? [] : [t('notice.leftEntra.holds', facts)];
      const what = facts.state === 'disabled' ? 'disabled' : 'removed';
      return { title, paragraphs: [t(`notice.leftEntra.${what}`, facts), ...holds, text] };
    }
    case 'stillActivating':
    case 'undone':
    case 'released':
    case 'reassigned':
    case 'requestWithdrawn':
    case 'isItActive':
      return { title, paragraphs: [text] };
  }
}

const REASONS = ['blocked', 'disabled', 'notInstalled', 'neverOpened'] as const;

function reasonIn(reason: unknown, facts: Notice['facts'], t: Texts): string {
  const known = REASONS.find((each) => each === reason) ?? 'notInstalled';
  return t(`notice.undelivered.reason.${known}`, facts);
}

/** Why a handover did not take place, by the code of the refusal. */
function whyFailed(facts: Notice['facts'], t: Texts): string {
  switch (facts.reason) {
    case 'alreadyHolds':
    case 'userInactive':
    case 'benefitEnded':
      return t(`notice.handoverFailed.reason.${facts.reason}`, facts);
    case 'emailInvalid':
    case 'emailIsCompanys':
    case 'emailIsUsers':
      return t('notice.handoverFailed.reason.alternateEmail', facts);
    default:
      return t('notice.handoverFailed.reason.other', facts);
  }
}
