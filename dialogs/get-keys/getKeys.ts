import { mustBeActive } from '../../benefits/access';
import type { Claimed } from '../../benefits/keys';
import { closing } from '../closing';
import type { About } from '../../cards/buttons';
import { GuidedDialog } from '../guidedDialog';
import { Path, type Start } from '../step';
import type { Turn } from '../turn';
import { chooseBenefit } from './chooseBenefit';
import { doneCard } from './done';
import { chooseLanguage, chooseSystem, links } from './downloads';
import type { KeysDraft } from './draft';
import { keysShown } from './keysShown';
import { showKeys } from './showKeys';

/**
 * Benefit → its keys with the special instructions → for software the language, the operating system and the links
 * (docs/rules.md, rules 3 and 5). One run claims once.
 */
export class GetKeysDialog extends GuidedDialog<KeysDraft> {
  static readonly id = 'getKeys';

  protected readonly path = new Path<KeysDraft>([
    chooseBenefit,
    showKeys,
    keysShown,
    chooseLanguage,
    chooseSystem,
    links,
  ]);
  protected readonly version = '1';
  readonly startVerb = 'keys';
  readonly closings = {
    claimKeys: closing<Claimed>((turn, { benefit }) => doneCard(turn, benefit)),
  };

  constructor() {
    super(GetKeysDialog.id);
  }

  /** Whose keys a person may get follows from the benefit: each step asks. */
  protected override about({ benefit }: KeysDraft): About | undefined {
    return benefit && { benefitId: benefit.id };
  }

  mustBeAllowed({ person }: Turn): void {
    mustBeActive(person.user);
  }
}

/** `keys <benefit>`, typed in one line, or pressed where the benefit is known. */
export const getKeysOf = (benefit: string): Start<KeysDraft> => ({
  draft: {},
  said: { [chooseBenefit.name]: benefit },
});
