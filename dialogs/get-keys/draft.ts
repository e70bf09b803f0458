import { mustGetKeys } from '../../benefits/keys';
import { HIDDEN_AFTER_MS } from '../../benefits/keysOnCards';
import { holds } from '../../benefits/seats';
import type { Benefit, Instant } from '../../benefits/model';
import type { BenefitDraft } from '../chooseBenefit';
import { benefitOf } from '../chooseBenefit';
import { today, type Turn } from '../turn';

/** What was chosen so far; never a key. */
export interface KeysDraft extends BenefitDraft {
  /** When the keys of this run were claimed. */
  readonly claimedAt?: Instant;
  /** What its downloads are for, once the person goes on to them: each is asked for when it is more than one. */
  readonly downloads?: { readonly languages: readonly string[]; readonly systems: readonly string[] };
  readonly language?: string;
  readonly system?: string;
}

/** The chosen benefit as it is now, for who may get its keys now. @throws BenefitError as `mustGetKeys` does */
export async function benefitNow(draft: KeysDraft, turn: Turn): Promise<Benefit> {
  const { id } = benefitOf(draft);
  const [benefit, day] = await Promise.all([turn.ports.ledger.benefit(id), today(turn)]);
  mustGetKeys(turn.person.user, benefit, holds(turn.person, id), day);
  return benefit;
}

/** docs/rules.md, rules 3 and 5: only software has a language, a system and downloads. */
export const hasDownloads = ({ category, downloads = [] }: Benefit): boolean =>
  category === 'software' && downloads.length > 0;

export const HIDDEN_AFTER_MINUTES = HIDDEN_AFTER_MS / 60_000;
