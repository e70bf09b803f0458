import { countryOfZone } from '../../benefits/countries';
import { type Requested, whyNoRequest } from '../../benefits/requests';
import { holds } from '../../benefits/seats';
import { closing } from '../closing';
import type { About } from '../../cards/buttons';
import { GuidedDialog } from '../guidedDialog';
import { Path, type Start } from '../step';
import { today, type Turn } from '../turn';
import { chooseBenefit } from './chooseBenefit';
import { confirm } from './confirm';
import { contact } from './contact';
import { describe } from './describe';
import { doneCard } from './done';
import type { RequestDraft } from './draft';

/** Somebody asks for advisory hours or presales assistance (docs/rules.md, rules 14 and 15). */
export class RequestHoursDialog extends GuidedDialog<RequestDraft> {
  static readonly id = 'requestHours';

  protected readonly path = new Path([chooseBenefit, describe, contact, confirm]);
  protected readonly version = '1';
  readonly startVerb = 'requestHours';
  readonly closings = { requestHours: closing<Requested>(doneCard) };

  constructor() {
    super(RequestHoursDialog.id);
  }

  /** Everybody may look; who may send one depends on the benefit, and is asked at every step. */
  protected override about({ benefit }: RequestDraft): About | undefined {
    return benefit && { benefitId: benefit.id };
  }

  mustBeAllowed(): void {}
}

/** What is known before the form is opened. */
interface Known {
  /** From a button. */
  readonly benefitId?: string;
  /** Typed in one line. */
  readonly hours?: string;
  readonly title?: string;
  /** Where the person is. */
  readonly timeZone: string;
}

/** The form with what is known already; the choice of a benefit is left out where there is only one. */
export async function requestStart(turn: Turn, known: Known): Promise<Start<RequestDraft>> {
  const { hours = '', title = '', timeZone } = known;
  const benefitId = known.benefitId || (await onlyBenefit(turn));
  const form = {
    title,
    description: '',
    product: '',
    phase: '',
    hours,
    country: countryOfZone(timeZone) ?? '',
    language: turn.t.language,
    phone: '',
    timeZone,
  };
  return { draft: { form }, ...(benefitId && { said: { [chooseBenefit.name]: benefitId } }) };
}

async function onlyBenefit(turn: Turn): Promise<string | undefined> {
  const [catalogue, day] = await Promise.all([turn.ports.ledger.benefits(), today(turn)]);
  const [first, ...others] = catalogue.filter(
    (benefit) => !whyNoRequest(benefit, turn.person.user, holds(turn.person, benefit.id), day),
  );
  return others.length === 0 ? first?.id : undefined;
}
