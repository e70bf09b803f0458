import type { Facts } from './model';

/** Why something is refused. Each has a sentence `refusal.<code>` in every language. */
export type RefusalCode =
  | 'alreadyHolds'
  | 'benefitEnded'
  | 'benefitUnknown'
  | 'claimedTooOften'
  | 'clientTooOld'
  | 'companyNotLoaded'
  | 'emailInvalid'
  | 'emailIsCompanys'
  | 'emailIsUsers'
  | 'emailTaken'
  | 'keyKindFixed'
  | 'keysEnded'
  | 'keysHidden'
  | 'keysNotForYou'
  | 'lastAccountAdmin'
  | 'endsBeforeHandover'
  | 'handoverPlanned'
  | 'holderUnknown'
  | 'nameMissing'
  | 'noActivationLeft'
  | 'noFreeKey'
  | 'neitherBenefitNorUser'
  | 'noFreeSeat'
  | 'noKeys'
  | 'noHandover'
  | 'nobodyHolds'
  | 'notAccountAdmin'
  | 'notAdmin'
  | 'notAssignable'
  | 'notBenefitsAdmin'
  | 'notHeld'
  | 'notMovable'
  | 'notMovableYet'
  | 'nothingPending'
  | 'notYourself'
  | 'onlyAccountAdminSetsRoles'
  | 'onlySelf'
  | 'operationNotYours'
  | 'operationTooOld'
  | 'optionUnknown'
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
