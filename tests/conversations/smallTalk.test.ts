import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(() => company.close());

describe('help', () => {
  it('offers only what the person may do', async () => {
    const [admin, employee] = [company.person('Adele Vance'), company.person('Alex Wilber')];
    await admin.says('help');
    admin.sees('Assign a benefit', 'My benefits');
    await employee.says('Help');
    employee.sees('My benefits');
    employee.seesNot('Assign a benefit');
  });
});

describe('a welcome', () => {
  const arrivals = (botId: string) => [
    { type: 'installationUpdate', action: 'add' },
    { type: 'conversationUpdate', membersAdded: [{ id: botId }] },
  ];

  it('comes once a person, however often they arrive', async () => {
    const admin = company.person('Adele Vance');
    for (let load = 0; load < 2; load++) {
      await Promise.all(arrivals('28:bot').map((activity) => admin.send(activity)));
    }
    expect(admin.messageCount).toBe(1);
    admin.sees('Welcome, Adele Vance', 'With me you hand out the Microsoft partner benefits of Contoso');
    await admin.clicks('Assign a benefit');
    admin.sees('Which benefit do you want to assign?');
  });

  it('says to an employee what is for them', async () => {
    const employee = company.person('Alex Wilber');
    await employee.send({ type: 'installationUpdate', action: 'add' });
    employee.sees('I tell you which Microsoft partner benefits Contoso has assigned to you');
  });

  it('does not come again when the bot is removed and installed anew, and their notices do', async () => {
    const employee = company.person('Alex Wilber');
    await employee.send({ type: 'installationUpdate', action: 'add' });
    await employee.send({ type: 'installationUpdate', action: 'remove' });
    expect(await reachable()).toBe(false);
    for (const activity of arrivals('28:bot')) await employee.send(activity);
    await company.settled();
    expect(await reachable()).toBe(true);
    expect(employee.messageCount).toBe(1);

    async function reachable(): Promise<boolean | undefined> {
      return (await company.ledger.person('alex-wilber'))?.chat?.reachable;
    }
  });

  it.each([
    ['en-US', 'Adele Vance', ['assign', 'my benefits', 'overview']],
    ['fr-FR', 'Alex Wilber', ['mes avantages', "vue d'ensemble", 'clés']],
  ])('suggests in %s what to say first', async (locale, name, words) => {
    const person = company.person(name, { locale });
    await person.send({ type: 'installationUpdate', action: 'add' });
    const suggested = company.teams.received.flatMap(
      ({ suggestedActions }) => suggestedActions?.actions ?? [],
    );
    expect(suggested.map(({ value }) => value)).toEqual(words);
    for (const { title } of suggested) person.sees(title); // the card has the same as buttons
    for (const { value } of suggested) {
      await person.says(value);
      person.seesNot("I didn't understand that", 'Je n’ai pas compris');
    }
    expect(company.teams.received.filter(({ suggestedActions }) => suggestedActions)).toHaveLength(1);
  });

  it('does not come after the person has spoken', async () => {
    const employee = company.person('Alex Wilber');
    await employee.says('help');
    await company.settled();
    await employee.send({ type: 'installationUpdate', action: 'add' });
    expect(employee.messageCount).toBe(1);
  });
});

describe('small talk', () => {
  it('answers a greeting by name', async () => {
    const employee = company.person('Alex Wilber');
    await employee.says('Hello!');
    employee.sees('Hello Alex Wilber', 'What would you like to do?', 'My benefits');
  });

  it('offers the nearest command for what it does not understand', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('asign');
    admin.sees("I didn't understand that", 'Did you mean this?', 'Assign a benefit');
    await admin.says('could you show me my benefits please');
    admin.sees('Did you mean this?', 'My benefits');
    await admin.says('what is the weather');
    admin.sees('Here is what I can do for you.');
  });
});

describe('language', () => {
  it('speaks the language of the client, and the chosen one from then on', async () => {
    const employee = company.person('Alex Wilber', { locale: 'fr-CA' });
    await employee.says('aide');
    employee.sees('Avantages partenaire', 'Mes avantages');
    await employee.says('language en');
    employee.sees('From now on I speak English with you.');
    await employee.says('aide');
    employee.sees('Partner benefits');
    await employee.says('langue');
    await employee.clicks('Français');
    employee.sees('Désormais, je vous parle en français.');
    await employee.says('mine');
    employee.sees('Ce qui vous est attribué');
  });

  it("speaks the last seen, then what was entered with them, then the company's", async () => {
    const known = company.person('Zoë Lefèvre', { email: 'zoe.lefevre@contoso.com', locale: 'de-DE' });
    await known.says('hello');
    known.sees('Bonjour Zoë Lefèvre');
    const seen = company.person('Diego Siciliani', { locale: 'fr-FR' });
    await seen.says('hello');
    await company.settled();
    seen.locale = undefined;
    await seen.says('hello');
    seen.sees('Bonjour Diego Siciliani');
    const other = company.person('Megan Bowen', { locale: undefined });
    await other.says('bonjour');
    other.sees('Hello Megan Bowen');
  });

  it('assigns in French from beginning to end', async () => {
    const admin = company.person('Camille Durand', { locale: 'fr-FR' });
    await admin.says('attribuer');
    admin.sees(
      'Quel avantage voulez-vous attribuer ?',
      'Logiciels',
      'Abonnements Visual Studio',
      '15 libres sur 15',
    );
    await admin.clicks('Incidents de support cloud');
    admin.sees('À qui attribuer « Incidents de support cloud » ?');
    admin.fills('Utilisateur', 'Alex Wilber');
    await admin.clicks('Suivant');
    admin.fills('Autre adresse e-mail', 'partner@contoso.com');
    await admin.clicks('Suivant');
    admin.sees('C’est l’adresse du compte du tableau de bord de votre entreprise');
    admin.fills('Autre adresse e-mail', 'alex@fabrikam.com');
    await admin.clicks('Suivant');
    admin.sees(
      'Attribuer « Incidents de support cloud » à Alex Wilber ?',
      'L’activation prend environ 3 jours.',
    );
    await admin.clicks('Attribuer');
    admin.sees('Attribué à Alex Wilber : Incidents de support cloud', 'L’activation est en cours.');
    await admin.clicks('Annuler l’attribution');
    admin.sees('C’est annulé', 'La place est de nouveau libre.');
  });
});
