import { AssignBenefitDialog } from '../dialogs/assign-benefit/assignBenefit';
import { PickPeopleDialog } from '../dialogs/assign-many/pickPeople';
import { GetKeysDialog } from '../dialogs/get-keys/getKeys';
import type { GuidedDialog } from '../dialogs/guidedDialog';
import { MarkActiveDialog } from '../dialogs/mark-active/markActive';
import { ReassignDialog } from '../dialogs/reassign/reassign';
import { ReleaseDialog } from '../dialogs/release/release';
import { RequestHoursDialog } from '../dialogs/request-hours/requestHours';
import { RequestsDialog } from '../dialogs/requests/requests';
import { ResendDialog } from '../dialogs/resend/resend';
import { UsersDialog } from '../dialogs/users/users';
import type { CommandName, Verb } from '../locales/texts';
import type { ApartRoute, Route } from './route';
import { assign, assignAnother, markActive, notYet, resend, undo } from './routes/assigning';
import { assignAll, assignMany, bulkFile, bulkTemplate, checkLines, moreLines } from './routes/bulk';
import { keys } from './routes/keys';
import { askExport, makeExport } from './routes/exports';
import { history, moreHistory } from './routes/history';
import { myBenefits } from './routes/mine';
import { closeRow, otherHolders, moreOverview, openRow, overview } from './routes/overview';
import { callOff, reassign, release } from './routes/seats';
import { openRequest, requestHours, requests } from './routes/requests';
import { cancel, greet, help, language, speak } from './routes/talk';
import { newUser, users } from './routes/users';

/** What is answered without a word about the dialog that may be under way: its state is not even read. */
const apart = {
  help,
  language,
  english: (turn) => speak(turn, 'en'),
  french: (turn) => speak(turn, 'fr'),
  greet,

  myBenefits,
  moreMine: myBenefits,

  overview,
  moreOverview,
  openRow,
  closeRow,
  otherHolders,

  assignMany,
  checkLines,
  moreLines,
  assignAll,
  bulkFile,
  bulkTemplate,

  undo,
  callOff,
  notYet,

  history,
  moreHistory,

  export: askExport,
  makeExport,
} as const satisfies Readonly<Partial<Record<CommandName | Verb, ApartRoute>>>;

/**
 * Whatever can be typed or pressed outside a dialog, and what answers it: a command and its button share one name.
 * A test proves that every button has a route or is a dialog's.
 */
export const routes = {
  ...apart,

  cancel,
  keys,

  requestHours,
  requests,
  openRequest,

  assign,
  assignAnother,
  pickUsers: ({ begin }) => begin(PickPeopleDialog.id, { draft: {} }),
  reassign,
  release,
  resend,

  activations: ({ begin }) => begin(MarkActiveDialog.id, { draft: {} }),
  markActive,

  users,
  newUser,
} as const satisfies Readonly<Record<CommandName, Route> & Partial<Record<Verb, Route>>>;

export type RouteName = keyof typeof routes;

/** The dialogs that routes start. */
export const dialogs: readonly GuidedDialog<object>[] = [
  new AssignBenefitDialog(),
  new PickPeopleDialog(),
  new MarkActiveDialog(),
  new ResendDialog(),
  new GetKeysDialog(),
  new UsersDialog(),
  new ReassignDialog(),
  new ReleaseDialog(),
  new RequestHoursDialog(),
  new RequestsDialog(),
];

/** Buttons whose answer ends what their card was for: it is written to the message, too, for whoever sees that. */
export const closingRoutes: readonly RouteName[] = ['undo', 'notYet', 'callOff'];

/** @param name from outside */
export const routeOf = (name: string): Route | undefined =>
  Object.hasOwn(routes, name) ? routes[name as RouteName] : undefined;

/** @param name from outside */
export const isApart = (name: string): boolean => Object.hasOwn(apart, name);
