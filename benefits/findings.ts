/** What can be found wrong in a ledger, and what each means: for operators, in English. */
export const MEANINGS = {
  unreadable: 'a newer program wrote it, or something other than this program; nothing reads it',
  unknownRow: 'this program writes no such row, and never reads it',
  misplaced: 'what looks for it by its key finds something else, or nothing',
  indexMissing: 'it is there, and the list or search that this row serves does not show it',
  indexOrphaned: 'a list or search shows what is not there any more',
  indexDiffers: 'a list or search shows something else than what is true',
  noCompany: 'nobody can be entered or assigned anything; is this the right tenant?',
  accountAdmins: 'the last account admin could lose the role, or one who is not the last could not',
  unknownUser: 'it belongs to nobody',
  unknownBenefit: 'it belongs to no benefit',
  seats: 'more people hold the benefit than it has seats for',
  held: 'seats are given out that are not free, or are free and not given out',
  notReleased: 'who was deactivated still holds the benefit, and nothing will release it',
  handoverUnfounded: 'the seat will not be handed over as it was planned',
  history: 'who holds what and what the history tells are not the same',
  keyCounts: 'keys are refused that are there, or counted that are not',
  keyTwice: 'two people can be given the same product key',
  keyUnaudited: 'a product key was given out, and the history does not tell to whom',
  used: 'hours are refused that are left, or promised that are used up',
  request: 'what becomes of its hours is not known',
  bulkLost: 'lines of a list of assignments stay as they are, and nothing will assign them',
  unaudited: 'something was done, and the history does not tell it',
  auditedTwice: 'something was done twice, or is told twice',
  operationGone: 'the same press could do it once more',
  noticeTwice: 'its reader is told twice',
  syncLost: 'what changes in Entra ID is not taken over any more, though it was wanted daily',
  noticeLost: 'who was assigned a benefit is not told',
} as const;

export type FindingCode = keyof typeof MEANINGS;

/** Something that breaks an invariant of the ledger. */
export interface Finding {
  readonly code: FindingCode;
  /** The key of the row at which it shows. */
  readonly row: string;
  /** Of that row; of the one that wants it, when it is not there. */
  readonly etag: string;
  /** What is wrong with it. */
  readonly says: string;
}

/** Something wrong that shows at a row. */
export const finding = (
  code: FindingCode,
  { row, etag }: Pick<Finding, 'row' | 'etag'>,
  says: string,
): Finding => ({ code, row, etag, says });
