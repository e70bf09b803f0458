/**
 * What is used of the SDK's dialogs. Their package as a whole brings along what reads dates and numbers in many
 * languages, a good part of the time of a start and of the memory when idle (docs/performance.md).
 */
export { Dialog, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs/lib/dialog';
export type { DialogContext } from 'botbuilder-dialogs/lib/dialogContext';
export { DialogSet } from 'botbuilder-dialogs/lib/dialogSet';
