import type { Facts } from './model';

/** Why something is refused. Each has a sentence `refusal.<code>` in every language. */
export type RefusalCode =
  | 'alreadyHolds'
  | 'benefitEnded'
  | 'benefitUnknown'
  | 'companyNotLoaded'
  | 'emailInvalid'
  | 'emailIsCompanys'
  | 'emailIsUsers'
  | 'emailTaken'
  | 'nameMissing'
  | 'neitherBenefitNorUser'
  | 'noFreeSeat'
  | 'notAccountAdmin'
  | 'notAdmin'
  | 'notAssignable'
  | 'notBenefitsAdmin'
  | 'notHeld'
  | 'nothingPending'
  | 'onlyAccountAdminSetsRoles'
  | 'onlySelf'
  | 'operationNotYours'
  | 'operationTooOld'
  | 'resentTooOften'
  | 'seatsBelowHeld'
  | 'signInGuest'
  | 'signInHasNoEmail'
  | 'signInTaken'
  | 'textTooLong'
  | 'tooBusy'
  | 'undoNothing'
  | 'undoTooLate'
  | 'userInactive'
  | 'userMissing'
  | 'userUnknown'
  | 'wasCancelled'
  | 'youAreInactive';

/** A rule said no. It is told to the person, in their language; any other error is a fault. */
export class BenefitError extends Error {
  override readonly name = 'BenefitError';

  constructor(
    readonly code: RefusalCode,
    readonly facts: Facts = {},
  ) {
    super(code);
  }
}
