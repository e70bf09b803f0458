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
  | 'endsBeforeHandover'
  | 'handoverPlanned'
  | 'holderUnknown'
  | 'nameMissing'
  | 'noFreeSeat'
  | 'noHandover'
  | 'nobodyHolds'
  | 'notAccountAdmin'
  | 'notAssignable'
  | 'notBenefitsAdmin'
  | 'notHeld'
  | 'notMovable'
  | 'notMovableYet'
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
