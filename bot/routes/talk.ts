import { chooseLanguage } from '../../benefits/people';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { helpCard } from '../../cards/help/help';
import { messageCard } from '../../cards/message/message';
import type { Turn } from '../../dialogs/turn';
import { type Language, textsIn } from '../../locales/texts';
import { mayStart } from '../answers';
import { nearestCommand } from '../commands';
import { type ApartTurn, type RouteTurn, startButtons } from '../route';

export async function help({ t, person }: ApartTurn): Promise<AdaptiveCard> {
  return helpCard({ may: mayStart(person.user) }, t);
}

export async function speak({ ports, person, seen }: ApartTurn, language: Language): Promise<AdaptiveCard> {
  await chooseLanguage(ports, person, language, seen);
  const t = textsIn(language, seen.timeZone ?? 'UTC');
  return messageCard(t, t('language.title'), [t('language.set')], startButtons({ t, person }));
}

/** An answer to what is no command: the nearest one as a button. */
export function notUnderstood({ t, person }: Turn, text: string): AdaptiveCard {
  const near = nearestCommand(text);
  const may = mayStart(person.user);
  const isNear = near !== undefined && may.some((verb) => verb === near);
  if (!isNear)
    return messageCard(t, t('notUnderstood.title'), [t('notUnderstood.text')], startButtons({ t, person }));
  const nearest = may.filter((verb) => verb === near).map((verb) => button(t, verb));
  return messageCard(t, t('notUnderstood.title'), [t('notUnderstood.near')], [...nearest, button(t, 'help')]);
}

export async function language({ t }: ApartTurn): Promise<AdaptiveCard> {
  const choices = [button(t, 'english'), button(t, 'french')];
  return messageCard(t, t('language.title'), [t('language.ask')], choices);
}

export async function greet({ t, person }: ApartTurn): Promise<AdaptiveCard> {
  const title = t('greet.title', { name: person.user.displayName });
  return messageCard(t, title, [t('greet.text')], startButtons({ t, person }));
}

/** Nothing is under way any more, whatever was. */
export async function cancel({ t, person, leave }: RouteTurn): Promise<AdaptiveCard> {
  const left = await leave();
  if (left) return left;
  const title = t('nothingToCancel.title');
  return messageCard(t, title, [t('nothingToCancel.text')], startButtons({ t, person }));
}

/** The first words to a person. */
export async function welcome({ t, person, company }: Turn): Promise<AdaptiveCard> {
  const may = mayStart(person.user);
  const facts = { name: person.user.displayName, company: (await company()).name };
  const text = may.includes('assign') ? t('welcome.admin', facts) : t('welcome.employee', facts);
  return messageCard(t, t('welcome.title', facts), [text], startButtons({ t, person }));
}
