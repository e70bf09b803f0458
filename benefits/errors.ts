import type { Facts } from './model';

/** Why something is refused. Each has a sentence `refusal.<code>` in every language. */
export type RefusalCode =
  | 'alreadyHolds'
  | 'answerMissing'
  | 'benefitEnded'
  | 'benefitUnknown'
  | 'companyNotLoaded'
  | 'countryMissing'
  | 'descriptionMissing'
  | 'emailInvalid'
  | 'emailIsCompanys'
  | 'emailIsUsers'
  | 'emailTaken'
  | 'hoursInvalid'
  | 'hoursTooMany'
  | 'languageMissing'
  | 'mayNotAnswer'
  | 'mayNotRequest'
  | 'nameMissing'
  | 'noFreeSeat'
  | 'noHoursLeft'
  | 'noRequestAfterEnd'
  | 'notAccountAdmin'
  | 'notAssignable'
  | 'notBenefitsAdmin'
  | 'notHeld'
  | 'nothingPending'
  | 'onlyAccountAdminSetsRoles'
  | 'onlySelf'
  | 'operationNotYours'
  | 'operationTooOld'
  | 'phaseMissing'
  | 'phoneInvalid'
  | 'productMissing'
  | 'requestIsAnswered'
  | 'requestIsClosed'
  | 'requestUnknown'
  | 'resentTooOften'
  | 'seatsBelowHeld'
  | 'signInGuest'
  | 'signInHasNoEmail'
  | 'signInTaken'
  | 'spentInvalid'
  | 'textTooLong'
  | 'timeZoneUnknown'
  | 'titleMissing'
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
