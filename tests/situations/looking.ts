import type { CompanyFile, FileBenefit } from '../../benefits/importCompany';
import type { AuditRecord, Benefit } from '../../benefits/model';
import en from '../../locales/en.json';
import { isTold } from '../../locales/texts';
import type { Chatter } from '../parts/chatter';
import { changed, nameOf, type Situation, TODAY } from '../parts/situations';
import type { Stage } from '../parts/stage';

const adele = 'Adele Vance';
const alex = 'Alex Wilber';
const marie = 'Marie Dupont';
const powerBi = nameOf('power-bi-pro');

/** With nothing known to be used of any benefit, and no product keys: each situation says what it takes of them. */
export const bare = (file: CompanyFile): CompanyFile => ({
  ...file,
  benefits: file.benefits.map((benefit) => ({
    ...benefit,
    ...{ used: undefined, keyKind: undefined, keys: undefined },
  })),
});

/** The bare sample with other benefits. */
const withBenefits = (change: (benefits: readonly FileBenefit[]) => readonly FileBenefit[]) =>
  changed((file) => ({ benefits: change(bare(file).benefits) }));
/** With something else about one of them. */
const withBenefit = (id: string, to: Partial<FileBenefit>) =>
  withBenefits((all) => all.map((benefit) => (benefit.id === id ? { ...benefit, ...to } : benefit)));
const only = (id: string) => withBenefits((all) => all.filter((each) => each.id === id));
const many = withBenefits((all) => {
  const kind = { package: 'Tools', category: 'software', assignable: 'anyone', seats: 1 } as const;
  const tool = (n: number) => ({ id: `tool-${n}`, name: { en: `Tool ${n}` }, ...kind });
  return [...all, ...Array.from({ length: 60 }, (_, n) => tool(n))];
});
const gold = { endsOn: { date: '2027-11-30' } };

/** In one line, in the language of the stage. */
const line = (on: Stage, verb: 'overview' | 'history', what: string) =>
  `${{ overview: { en: 'overview', fr: 'aperçu' }, history: { en: 'history', fr: 'historique' } }[verb][on.t.language]} ${what}`;
const opens = (on: Stage, benefitId: string, who = adele) => on.says(who, line(on, 'overview', benefitId));

const singleUse = (count: number) => ({
  keyKind: 'singleUse' as const,
  keys: Array.from({ length: count }, (_, n) => ({ key: `AAAA9-BBBB2-CCCC3-DDDD4-E${1000 + n}` })),
});
const multipleActivation = (activations: number) => ({
  keyKind: 'multipleActivation' as const,
  keys: [{ key: 'AAAA9-BBBB2-CCCC3-DDDD4-EEEE5', activations }],
});
const ofEachOne = withBenefits((all) =>
  all.map((benefit) => ({
    ...benefit,
    ...(benefit.assignable === 'none' ? { seats: 1 } : {}),
    ...(benefit.quantity === undefined ? {} : { quantity: 1 }),
  })),
);

/** The overview, its rows, what each benefit of mine needs next, and the history. */
// prettier-ignore
export const looking: readonly Situation[] = [
  ['the overview', (on) => on.says(alex, on.t.language === 'fr' ? 'vue d’ensemble' : 'overview'), [
    'overview.title', 'category.software', 'category.cloud', 'category.visualStudio', 'category.technical',
    ['overview.held', { used: 0, total: 15 }], ['overview.licences', { count: 32 }], ['chooseBenefit.until', gold],
    ['chooseBenefit.ended', { endsOn: { date: '2025-06-30' } }]]],
  ['headings with nothing under them', (on) => on.says(adele, 'overview'), ['overview.none'], only('power-bi-pro')],
  ['an overview of nothing', (on) => on.says(adele, 'overview'), ['chooseBenefit.empty'], withBenefits(() => [])],
  ['what a row does', async (on) => {
    const admin = await on.says(adele, 'overview');
    admin.sees(on.t.local(powerBi), on.t('overview.held', { used: 0, total: 2 }), on.t('overview.open', { row: '' }));
    return admin;
  }, ['overview.title']],
  ['what is left, and what is in the package', async (on) => {
    await changes(on, 'partner-advisory-hours', { used: 3 });
    const admin = await on.says(adele, 'overview');
    const left = (left: number, unit: 'hours' | 'incidents', count: number) =>
      on.t('overview.left', { of: on.t('overview.leftOf', { left, whole: on.t(`amount.${unit}`, { count }) }) });
    admin.sees(left(7, 'hours', 10), left(50, 'hours', 50));
    admin.sees(on.t('overview.inPackage', { whole: on.t('amount.incidents', { count: 5 }) }));
    admin.sees(on.t.language === 'fr' ? '5\u202f000 $US' : '$5,000');
    return admin;
  }, [['overview.licences', { count: 100 }]], withBenefits((all) => all)],
  ['one of each', async (on) => {
    const admin = await on.says(adele, 'overview');
    admin.sees(on.t('overview.inPackage', { whole: on.t('amount.incidents', { count: 1 }) }));
    admin.sees(on.t('amount.hours', { count: 1 }));
    return admin;
  }, [['overview.licences', { count: 1 }]], ofEachOne],
  ['keys given out', (on) => on.says(adele, 'overview'), [
    ['overview.keysGiven', { used: 0, total: 40 }], ['overview.given', { used: 0, total: 40 }]],
    withBenefit('windows-11-enterprise', singleUse(40))],
  ['activations given out', (on) => on.says(adele, 'overview'),
    [['overview.activationsGiven', { used: 0, total: 40 }]], withBenefit('windows-11-enterprise', multipleActivation(40))],
  ['a second page of the overview', async (on) => on.clicks(await on.says(adele, 'overview'), 'button.moreOverview'),
    ['overview.previous', 'button.moreOverview'], many],
  ['several benefits that fit the overview', (on) => opens(on, 'visual studio'),
    [['chooseBenefit.severalFit', { typed: 'visual studio' }], 'button.overview']],
  ['more benefits that fit than there is room for', async (on) => {
    const admin = await opens(on, 'tool');
    admin.sees(on.t('overview.firstFit', { count: 0, typed: 'tool' }).split('0')[1] ?? '');
    return admin;
  }, ['button.overview'], many],
  ['no benefit that fits the overview', (on) => opens(on, 'Frobnicator'),
    [['refusal.benefitUnknown', { benefit: 'Frobnicator' }]]],

  // an open row
  ['an open row', (on) => opens(on, 'partner-advisory-hours'), [
    ['overview.close', { row: '' }], 'overview.freeSeats', 'overview.leftTitle', 'overview.movable',
    ['overview.movableAfter', { count: 90 }], 'overview.languages', 'overview.systems', 'overview.keys',
    ['overview.given', { used: 0, total: 3 }], 'overview.heldBy', 'overview.nobody', 'overview.assign', 'button.keys',
    'button.requestHours', 'button.history'],
    withBenefit('partner-advisory-hours', {
      ...{ reassignAfterDays: 90, languages: ['en', 'fr'], systems: ['Windows', 'Linux'] },
      ...singleUse(3),
    })],
  ['an open row of what can change hands after a day', (on) => opens(on, 'power-bi-pro'),
    [['overview.movableAfter', { count: 1 }]], withBenefit('power-bi-pro', { reassignAfterDays: 1 })],
  ['a closed row', async (on) => {
    const admin = await opens(on, 'power-bi-pro');
    await admin.clicks(on.t.local(powerBi));
    return admin;
  }, ['overview.title']],
  ["an employee's open row", (on) => opens(on, 'power-bi-pro', alex), ['overview.freeSeats']],
  ['an open row of what has ended', (on) => opens(on, 'visual-studio-enterprise-launch'), ['myBenefits.over']],
  ['who holds it', async (on) => alsoOpens(on, await on.assigned('power-bi-pro', alex), 'power-bi-pro'), [
    'overview.heldBy', ['overview.since', { since: { date: TODAY } }], 'button.reassign', 'button.release']],
  ['who waits for it', async (on) => alsoOpens(on, await on.assignedSupport(), 'cloud-support-incidents'),
    [['overview.activating', { expectedOn: { date: '2026-03-13' } }]]],
  ['what waits for me', async (on) => {
    await on.assignedSupport();
    return opens(on, 'cloud-support-incidents', alex);
  }, ['overview.yoursSince', 'overview.expectedOn']],
  ['more who hold it', async (on) => {
    await holdMany(on, 10, 10);
    return opens(on, 'visual-studio-enterprise');
  }, ['button.otherHolders']],
  ['the last who hold it', async (on) => {
    await holdMany(on, 10, 10);
    return on.clicks(await opens(on, 'visual-studio-enterprise'), 'button.otherHolders');
  }, ['overview.firstHolders']],
  ['a seat that is not free yet', async (on) => {
    await holdMany(on, 1, 2);
    return opens(on, 'visual-studio-enterprise');
  }, [['overview.resting', { count: 1 }]]],
  ['seats that are not free yet', async (on) => {
    await holdMany(on, 1, 4);
    return opens(on, 'visual-studio-enterprise');
  }, [['overview.resting', { count: 3 }]]],
  ['planned handovers', async (on) => {
    await planHandovers(on, 4);
    return opens(on, 'visual-studio-enterprise');
  }, ['overview.handovers', ['overview.handover', { from: alex, to: marie, on: { date: '2026-06-01' } }],
    ['overview.moreHandovers', { count: 1 }], 'button.callOff']],
  ['many planned handovers', async (on) => {
    await planHandovers(on, 5);
    return opens(on, 'visual-studio-enterprise');
  }, [['overview.moreHandovers', { count: 2 }]]],

  // what is mine, and what it needs next
  ['hours of mine', async (on) => {
    await on.assigned('partner-advisory-hours', alex);
    return on.says(alex, 'mine');
  }, ['overview.leftTitle', 'button.requestHours']],
  ['keys of mine', async (on) => {
    await on.assigned('power-bi-pro', alex);
    return on.says(alex, 'mine');
  }, ['button.keys'], withBenefit('power-bi-pro', { keyKind: 'singleUse', keysForHolders: true })],
  ['what takes longer than expected', async (on) => {
    await on.assignedSupport();
    on.company.minutesLater(5 * 24 * 60);
    return on.says(alex, 'mine');
  }, ['myBenefits.late', 'myBenefits.waiting']],

  // the history
  ['everything that happened', async (on) => {
    await happens(on, 'frobnicate');
    await happens(on, 'setRoles', { details: { roles: ['benefitsAdmin'] } });
    const admin = await on.says(adele, on.t('button.history'));
    admin.sees(on.t('history.roles', { roles: on.t('role.benefitsAdmin') }));
    return admin;
  }, ['history.title', ['history.did.link', { user: adele }], ['history.other', { by: adele, action: 'frobnicate' }],
    ['history.about', { what: alex }]]],
  ['what nobody in chat did', async (on) => {
    for (const by of ['settings', 'operator', 'webhook', 'bot']) await happens(on, 'dropNotice', { by });
    return on.says(adele, line(on, 'history', alex));
  }, ['history.by.settings', 'history.by.operator', 'history.by.webhook', 'history.by.bot', ['history.titleOf', { of: alex }]]],
  ['nothing that happened', (on) => on.says(adele, line(on, 'history', 'power-bi-pro')),
    [['history.titleOf', { of: powerBi }], 'history.none']],
  ['what happened earlier', async (on) => {
    for (let n = 0; n < 40; n++) await happens(on, 'editUser');
    return on.clicks(await on.says(adele, 'history'), 'button.moreHistory');
  }, ['history.newest', 'button.moreHistory']],
  ['several that a history may be of', (on) => on.says(adele, line(on, 'history', 'Dupont')),
    [['history.several', { typed: 'Dupont' }]]],
  ['very many that a history may be of', (on) => on.says(adele, line(on, 'history', 'tool')),
    [['history.firstFit', { count: 6, typed: 'tool' }]], many],
  ['what somebody tried', async (on) => {
    await on.says(alex, on.t('button.history'));
    await on.company.settled();
    const admin = await on.says(adele, line(on, 'history', alex));
    admin.sees(on.t('history.tried', { what: on.t('button.history') }));
    return admin;
  }, [['history.did.refused', { by: alex }]]],
  ['how often somebody went on trying', async (on) => {
    await happens(on, 'refused', { by: 'alex-wilber', details: { more: 7 } });
    return on.says(adele, line(on, 'history', alex));
  }, [['history.more', { count: 7 }]]],
  ['an entry that the company has not', async (on) => {
    const admin = await on.says(adele, on.t('button.history'));
    await admin.presses({ type: 'Action.Execute', verb: 'history', data: { userId: 'of-another-company' } });
    return admin;
  }, ['refusal.unknownId']],
  ['a history of what there is not', (on) => on.says(adele, line(on, 'history', 'Frobnicator')),
    [['refusal.neitherBenefitNorUser', { typed: 'Frobnicator' }]]],
  ['a history for who is no admin', (on) => on.says(alex, on.t('button.history')), ['refusal.notAdmin']],
  ...everyAction(),
];

async function alsoOpens(on: Stage, person: Chatter, benefitId: string): Promise<Chatter> {
  await person.says(line(on, 'overview', benefitId));
  return person;
}

/** An audit record, a second after the one before. */
async function happens({ company }: Stage, action: string, about: Partial<AuditRecord> = {}): Promise<void> {
  company.minutesLater(1 / 60);
  const at = company.clock.now.toISOString();
  const record = { operationId: 'by-hand', action, at, by: 'adele-vance', userId: 'alex-wilber', ...about };
  await company.ledger.commit([{ of: 'audit', after: record }]);
}

/** Each action has its sentence: what is between the names is the language's own. */
function everyAction(): Situation[] {
  const about = { benefitId: 'power-bi-pro', fromUserId: 'marie-dupont' };
  const names = { by: adele, benefit: powerBi, user: alex, from: marie };
  const actions = Object.keys(en.texts.history.did).filter(isTold);
  return [
    [
      'the sentence of every action',
      async (on) => {
        for (const action of actions) {
          await happens(on, action, about);
          const admin = await on.says('Nestor Wilke', line(on, 'history', alex), { aadObjectId: 'nestor-s' });
          admin.sees(on.t(`history.did.${action}`, names));
        }
        return on.says(adele, line(on, 'history', alex));
      },
      [['history.titleOf', { of: alex }]],
    ],
  ];
}

async function existing<T>(found: Promise<T | undefined>): Promise<T> {
  const it = await found;
  if (it === undefined) throw new Error('the sample has changed');
  return it;
}

/** What an import never writes of a benefit. */
async function changes({ company: { ledger } }: Stage, id: string, to: Partial<Benefit>): Promise<void> {
  const before = await existing(ledger.benefit(id));
  await ledger.commit([{ of: 'benefit', before, after: { ...before, ...to } }]);
}

/** So many hold it, and so many seats count as held. */
async function holdMany({ company: { ledger } }: Stage, holders: number, held: number): Promise<void> {
  const benefitId = 'visual-studio-enterprise';
  const [before, assignedBy] = await Promise.all([
    existing(ledger.benefit(benefitId)),
    existing(ledger.user('adele-vance')),
  ]);
  const how = { benefitId, status: 'active', assignedAt: TODAY, assignedBy, operationId: 'by-hand' } as const;
  await ledger.commit([
    { of: 'benefit', before, after: { ...before, held } },
    ...Array.from({ length: holders }, (_, n) => {
      return { of: 'assignment', after: { ...how, userId: `user-${n}` } } as const;
    }),
  ]);
}

async function planHandovers({ company: { ledger } }: Stage, count: number): Promise<void> {
  const benefitId = 'visual-studio-enterprise';
  const [before, from, to] = await Promise.all([
    existing(ledger.benefit(benefitId)),
    existing(ledger.user('alex-wilber')),
    existing(ledger.user('marie-dupont')),
  ]);
  const how = { benefitId, to, plannedBy: to, on: '2026-06-01', madeBy: 'by-hand', dueId: 'due' };
  await ledger.commit([
    { of: 'benefit', before, after: before },
    ...Array.from({ length: count }, (_, n) => {
      return { of: 'handover', after: { ...how, from: { ...from, id: `user-${n}` } } } as const;
    }),
  ]);
}
