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
  | 'lastAccountAdmin'
  | 'nameMissing'
  | 'noFreeSeat'
  | 'notAccountAdmin'
  | 'notAssignable'
  | 'notBenefitsAdmin'
  | 'notHeld'
  | 'nothingPending'
  | 'notYourself'
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
  | 'userIsActive'
  | 'userMissing'
  | 'userNotActive'
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
