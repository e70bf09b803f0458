import { AssignBenefitDialog } from '../dialogs/assign-benefit/assignBenefit';
import type { GuidedDialog } from '../dialogs/guidedDialog';
import { MarkActiveDialog } from '../dialogs/mark-active/markActive';
import { RequestHoursDialog } from '../dialogs/request-hours/requestHours';
import { RequestsDialog } from '../dialogs/requests/requests';
import { ResendDialog } from '../dialogs/resend/resend';
import type { CommandName, Verb } from '../locales/texts';
import type { Route } from './route';
import { assign, assignAnother, markActive, notYet, resend, undo } from './routes/assigning';
import { myBenefits } from './routes/mine';
import { openRequest, requestHours, requests } from './routes/requests';
import { cancel, greet, help, language, speak } from './routes/talk';

/**
 * Whatever can be typed or pressed outside a dialog, and what answers it: a command and its button share one name.
 * A test proves that every command has its route, and that every button has one or is a dialog's.
 */
export const routes = {
  help,
  language,
  english: (turn) => speak(turn, 'en'),
  french: (turn) => speak(turn, 'fr'),
  greet,
  cancel,

  assign,
  assignAnother,
  undo,
  resend,
  activations: ({ begin }) => begin(MarkActiveDialog.id, { draft: {} }),
  markActive,
  notYet,

  requestHours,
  requests,
  openRequest,

  myBenefits,
  moreMine: myBenefits,
} as const satisfies Readonly<Partial<Record<CommandName | Verb, Route>>>;

export type RouteName = keyof typeof routes;

/** The dialogs that routes start. */
export const dialogs: readonly GuidedDialog<object>[] = [
  new AssignBenefitDialog(),
  new MarkActiveDialog(),
  new ResendDialog(),
  new RequestHoursDialog(),
  new RequestsDialog(),
];

/** Buttons whose answer ends what their card was for: it is written to the message, too, for whoever sees that. */
export const closingRoutes: readonly RouteName[] = ['undo', 'notYet'];

/** @param name from outside */
export const routeOf = (name: string): Route | undefined =>
  Object.hasOwn(routes, name) ? routes[name as RouteName] : undefined;
