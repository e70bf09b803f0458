import type { Texts, Verb } from '../locales/texts';

export interface CardAction {
  readonly type: string;
  readonly [property: string]: unknown;
}

export interface ButtonOptions {
  readonly style?: 'positive' | 'destructive';
  /** Instead of the button's own label: for rows that are pressed as a whole. */
  readonly title?: string;
  /** What it is called in clients too old for it, where a card has no room to say all twice. */
  readonly shortTitle?: string;
}

/**
 * A button: its verb, the label `button.<verb>` and the route of that name. Clients too old for
 * Action.Execute get an Action.Submit that carries the verb in its data.
 */
export function button(t: Texts, verb: Verb, data: object = {}, options: ButtonOptions = {}): CardAction {
  const { title = t(`button.${verb}`), shortTitle = title, style } = options;
  return {
    type: 'Action.Execute',
    title,
    verb,
    data,
    ...(style && { style }),
    fallback: { type: 'Action.Submit', title: shortTitle, data: { ...data, verb } },
  };
}

/**
 * What a row is called that is pressed as a whole: a screen reader says this and nothing else of it, so it is all that
 * stands on the row.
 */
export const rowName = (...texts: readonly (string | null)[]): string =>
  texts.flatMap((text) => (text ? text.split(' · ') : [])).join(', ');

export const link = (title: string, url: string): CardAction => ({ type: 'Action.OpenUrl', title, url });

/** What a guided dialog puts into each of its buttons, and reads back from a press. */
export interface StepPress {
  /** The run of the dialog: the operation id that it will commit under. */
  readonly run: string;
  /** The dialog, the step, and which time it was come to: a card that was left is known as an earlier one. */
  readonly step: string;
  /** The step to which *Back* leads, and what the run is about so far: read ahead by, and never believed. */
  readonly before?: string;
  readonly about?: About;
}

/** The benefit and the user that a run has come to. */
export interface About {
  readonly benefitId?: string;
  readonly userId?: string;
}

/** How a portal's button is named after the portal it opens. */
export function portalLink(t: Texts, url: string): CardAction {
  const { hostname } = new URL(url);
  if (/(^|\.)visualstudio\.com$/.test(hostname)) return link(t('link.openVisualStudioPortal'), url);
  if (/(^|\.)azure\.com$/.test(hostname)) return link(t('link.openAzurePortal'), url);
  return link(t('link.openPortal'), url);
}

/** What stands beside a field that was refused. */
export interface Refused {
  readonly code: string;
  readonly text: string;
}
