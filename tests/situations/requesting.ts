import type { Chatter } from '../parts/chatter';
import { HOURS, PRESALES } from '../parts/requesting';
import { RequestScene } from '../parts/requestScene';
import { changed, few, nameOf, type Situation } from '../parts/situations';
import type { Stage } from '../parts/stage';

const title = 'Intune 2026';
const alex = 'Alex Wilber';
const adele = 'Adele Vance';
const hours = { benefit: nameOf(HOURS) };
const ended = { endsOn: { date: '2027-06-30' } };
const sends = { load: few, sends: true };
const usedUp = changed(({ benefits }) => ({
  benefits: benefits.map((benefit) => ({ ...benefit, ...(benefit.id === HOURS && { quantity: 0 }) })),
}));

const scene = (act: (the: RequestScene) => Promise<Chatter>) => (on: Stage) => act(new RequestScene(on));
/** After the end of what Expanded benefits brings. */
const afterwards = (act: (the: RequestScene) => Promise<Chatter>) =>
  scene((the) => {
    the.on.company.clock.now = new Date('2027-07-01T12:00:00Z');
    return act(the);
  });

/** Requests for advisory hours and presales assistance: sending, answering, closing, withdrawing. */
// prettier-ignore
export const requesting: readonly Situation[] = [
  // choosing a benefit
  ['nothing to request', scene((the) => the.says(the.alex, 'request advisory hours')),
    ['requestForm.choose', 'requestForm.none']],
  ['what can be requested', scene((the) => the.says(the.adele, 'request advisory hours')), [
    'requestForm.choose', 'category.technical', 'requestForm.byRequest', ['requestForm.left', { count: 10 }],
    ['chooseBenefit.until', ended], 'button.cancel']],
  ['what has ended', afterwards(async (the) => the.clicks(await the.says(the.adele, 'request advisory hours'), 'button.back')),
    [['chooseBenefit.ended', ended]]],
  ['what has ended, asked for', afterwards((the) => the.presses(the.adele, 'requestHours', { benefitId: HOURS })),
    [['refusal.noRequestAfterEnd', { ...hours, ...ended }]]],
  ['what is used up', scene((the) => the.presses(the.adele, 'requestHours', { benefitId: HOURS })),
    ['requestForm.noneLeft', ['refusal.noHoursLeft', hours]], usedUp],
  ['what one may not request', scene((the) => the.presses(the.alex, 'requestHours', { benefitId: HOURS })),
    [['refusal.mayNotRequest', hours]]],
  ['a way there from what is mine', scene(async (the) => the.says(await the.begins(), 'mine')), ['button.requestHours']],

  // the form
  ['the form', scene((the) => the.begins()), [
    ['requestForm.title', hours], ['requestForm.promise', { days: 2 }], ['requestForm.left', { count: 10 }],
    ['requestForm.limit', { most: 25 }], 'requestForm.placeholder', 'requestForm.field.title',
    'requestForm.field.description', 'requestForm.field.product', 'requestForm.field.phase', 'requestForm.field.hours',
    'requestForm.phase.presales', 'requestForm.phase.design', 'requestForm.phase.deployment',
    'requestForm.phase.appDevelopment', 'button.describeRequest', 'button.back', 'button.cancel']],
  ['an empty form', scene(async (the) => the.clicks(await the.begins(), 'button.describeRequest')), [
    'refusal.titleMissing', 'refusal.descriptionMissing', 'refusal.productMissing', 'refusal.phaseMissing',
    ['refusal.hoursInvalid', { left: 10, most: 25 }]]],
  ['much too long a title', scene((the) => the.describes({ title: 'x'.repeat(101) })), [['refusal.textTooLong', { limit: 100 }]]],
  ['too many hours', scene((the) => the.describes({ hours: '11' })), [['refusal.hoursTooMany', { left: 10, most: 25 }]]],
  ['the second card of the form', scene((the) => the.describes()), [
    'requestForm.contactTitle', ['requestForm.contactText', { title }], 'requestForm.field.country',
    'requestForm.field.language', 'requestForm.field.phone', 'requestForm.field.timeZone', 'requestForm.placeholder',
    'requestForm.phonePlaceholder', 'requestForm.timeZonePlaceholder', 'button.giveContact']],
  ['nothing right on it', scene((the) => the.givesContact({ phone: '1', timeZone: 'x', country: 'x', language: 'x' })),
    ['refusal.phoneInvalid', 'refusal.timeZoneUnknown', 'refusal.countryMissing', 'refusal.languageMissing']],
  ['all that will be sent', scene((the) => the.givesContact()), [
    'requestForm.confirmTitle', ['requestForm.willLeave', { count: 6 }], ['requestForm.promise', { days: 2 }],
    'requestForm.phase.design', 'requests.field.benefit', 'button.submitRequest']],
  ['sent', scene((the) => the.submits()), [
    'requestForm.sent', ['requestForm.promise', { days: 2 }],
    ['requestForm.left', { count: 6 }], 'button.openRequest', 'button.requests']],

  // the list, and a request
  ['no requests', scene((the) => the.says(the.alex, 'requests')),
    ['requests.titleMine', 'requests.none', 'button.requestHours', 'button.cancel']],
  ['many requests', scene(async (the) => {
    await the.sent(11);
    return the.says(the.adele, 'requests');
  }), [
    'requests.title', 'requests.state.open', ['requests.hours', { count: 1 }], 'button.moreRequests']],
  ['a request', scene((the) => the.opens()), [
    'requests.field.reference', 'requests.field.state', 'requests.state.open', 'requests.field.by', 'requests.field.on',
    'requestForm.field.description', 'button.openAnswer', 'button.openClose', 'button.back', 'button.cancel']],
  ['a request that there is not', scene((the) => the.says(the.alex, 'request 00000-0000-0000')), ['refusal.requestUnknown']],

  // answering
  ['the question for an answer', scene(async (the) => the.clicks(await the.opens(), 'button.openAnswer')), [
    ['requests.answerTitle', { title }], ['requests.answerText', { user: alex }], 'requests.answerLabel',
    'button.sendAnswer']],
  ['no answer', scene(async (the) => the.clicks(await the.opens(), 'button.openAnswer', 'button.sendAnswer')), ['refusal.answerMissing']],
  ['answered', scene((the) => the.answers()), ['requests.answered', ['requests.told', { user: alex }]]],
  ['an answered request', scene(async (the) => {
    await the.answers();
    return the.reopens(the.alex);
  }), ['requests.state.answered', ['requests.answerBy', { by: adele, on: { date: '2026-03-10' } }]]],
  ['an answer by who may not', scene(async (the) => {
    await the.clicks(await the.opens(), 'button.openAnswer');
    await the.isNoAdmin();
    return the.clicks(the.adele, 'button.sendAnswer');
  }), ['refusal.mayNotAnswer']],

  // closing
  ['the question for closing', scene(async (the) => the.clicks(await the.opens(), 'button.openClose')), [
    ['requests.closeTitle', { title }], ['requests.closeText', { count: 4 }], 'requests.spentLabel',
    'button.closeRequest']],
  ['closing what has no hours', scene(async (the) => the.clicks(await the.opens(PRESALES), 'button.openClose')), ['requests.closeNone']],
  ['too many hours spent', scene((the) => the.closes('5')), [['refusal.spentInvalid', { hours: 4 }]]],
  ['closed', scene((the) => the.closes('3')), [['requests.closed', { title }], ['requests.returned', { count: 1 }]]],
  ['a closed request', scene(async (the) => the.reopens(await the.closes('3'))),
    ['requests.state.closed', 'requests.field.spent', 'requests.field.closedBy']],
  ['withdrawing what is closed', scene(async (the) => {
    await the.clicks(await the.submits(), 'button.openRequest', 'button.openWithdraw');
    await the.clicks(await the.reopens(the.adele), 'button.openClose', 'button.closeRequest');
    return the.clicks(the.alex, 'button.withdrawRequest');
  }), ['refusal.requestIsClosed']],

  // withdrawing
  ['the question for withdrawing', scene(async (the) => the.clicks(await the.submits(), 'button.openRequest', 'button.openWithdraw')),
    [['requests.withdrawTitle', { title }], 'requests.withdrawText', 'button.withdrawRequest']],
  ['withdrawn', scene((the) => the.withdraws()), [['requests.withdrawn', { title }], ['requests.returned', { count: 4 }]]],
  ['a withdrawn request', scene(async (the) => the.reopens(await the.withdraws())), ['requests.state.withdrawn']],
  ['withdrawing what is answered', scene(async (the) => {
    await the.clicks(await the.submits(), 'button.openRequest', 'button.openWithdraw');
    await the.clicks(await the.reopens(the.adele), 'button.openAnswer');
    the.adele.fills(the.on.t('requests.answerLabel'), '42');
    await the.clicks(the.adele, 'button.sendAnswer');
    return the.clicks(the.alex, 'button.withdrawRequest');
  }), ['refusal.requestIsAnswered']],

  // notices
  ['notice of a request', told('adele', (the) => the.submits()), [
    ['notice.requestMade.title', { title }], ['notice.requestMade.hours', { count: 4 }], 'button.openRequest'], sends],
  ['notice of an answer', told('alex', (the) => the.answers()),
    [['notice.requestAnswered.title', { title }], 'button.openRequest'], sends],
  ['notice of a closed request', told('alex', (the) => the.closes('3')),
    [['notice.requestClosed.title', { title }], ['notice.requestClosed.hours', { spent: 3, count: 1 }]], sends],
  ['notice of a withdrawn request', told('adele', (the) => the.withdraws()),
    [['notice.requestWithdrawn.title', { title }]], sends],
];

/** What somebody is told after this. */
function told(who: 'adele' | 'alex', act: (the: RequestScene) => Promise<Chatter>) {
  return scene(async (the) => {
    await act(the);
    await the.on.company.works();
    the.on.seen.push(the[who].card);
    return the[who];
  });
}
