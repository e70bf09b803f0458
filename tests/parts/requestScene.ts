import { type RequestField, REQUEST_FIELDS } from '../../benefits/requestForm';
import type { TextKey } from '../../locales/texts';
import type { Json } from './card';
import type { Chatter } from './chatter';
import { HOURS } from './requesting';
import type { Stage } from './stage';

const ASKED: Readonly<Partial<Record<RequestField, string>>> = {
  title: 'Intune 2026',
  description: '42 × 42',
  product: 'Intune',
  phase: 'design',
  hours: '4',
  phone: '+33 1 99 00 00 00',
};

/** Adele, a benefits admin, and Alex, who is given what he asks for; both speak the language of the stage. */
export class RequestScene {
  readonly adele: Chatter;
  readonly alex: Chatter;

  constructor(readonly on: Stage) {
    this.adele = on.person('Adele Vance');
    this.alex = on.person('Alex Wilber');
  }

  async says(person: Chatter, ...texts: string[]): Promise<Chatter> {
    for (const text of texts) await person.says(text);
    return person;
  }

  async clicks(person: Chatter, ...labels: TextKey[]): Promise<Chatter> {
    for (const label of labels) await this.on.clicks(person, label);
    return person;
  }

  /** Presses what may stand on no card. */
  async presses(person: Chatter, verb: string, data: Json): Promise<Chatter> {
    await person.says('help');
    await person.presses({ type: 'Action.Execute', verb, data });
    return person;
  }

  /** Alex has the form before him. */
  async begins(benefitId = HOURS): Promise<Chatter> {
    await this.alex.says('help');
    await this.on.company.works();
    await this.clicks(await this.on.assigns(benefitId, 'Alex Wilber', this.adele), 'button.assignUser');
    await this.on.company.works();
    return this.says(this.alex, 'request advisory hours');
  }

  /** Alex has gone on from the first card of the form. */
  async describes(changes: typeof ASKED = {}, benefitId?: string): Promise<Chatter> {
    await this.begins(benefitId);
    return this.goesOn(['title', 'description', 'product', 'phase', 'hours'], changes, 'describeRequest');
  }

  /** Alex has gone on from the second. */
  async givesContact(changes: typeof ASKED = {}, benefitId?: string): Promise<Chatter> {
    await this.describes(changes, benefitId);
    return this.goesOn(['country', 'language', 'phone', 'timeZone'], changes, 'giveContact');
  }

  /** Alex has sent his request, and Adele was told. */
  async submits(benefitId?: string): Promise<Chatter> {
    await this.givesContact({}, benefitId);
    await this.clicks(this.alex, 'button.submitRequest');
    await this.on.company.works();
    return this.alex;
  }

  /** Adele has the request that Alex has sent before her. */
  async opens(benefitId?: string): Promise<Chatter> {
    await this.submits(benefitId);
    return this.reopens(this.adele);
  }

  async reopens(person: Chatter): Promise<Chatter> {
    await person.says('requests');
    await person.clicks('Intune 2026');
    return person;
  }

  /** Adele has answered it. */
  async answers(): Promise<Chatter> {
    await this.clicks(await this.opens(), 'button.openAnswer');
    this.adele.fills(this.on.t('requests.answerLabel'), '42');
    await this.clicks(this.adele, 'button.sendAnswer');
    return this.adele;
  }

  /** Adele has closed it, with so many hours spent. */
  async closes(spent: string): Promise<Chatter> {
    await this.clicks(await this.opens(), 'button.openClose');
    this.adele.fills(this.on.t('requests.spentLabel'), spent);
    return this.clicks(this.adele, 'button.closeRequest');
  }

  /** Alex has withdrawn it. */
  async withdraws(): Promise<Chatter> {
    await this.submits();
    return this.clicks(this.alex, 'button.openRequest', 'button.openWithdraw', 'button.withdrawRequest');
  }

  /** Adele is no admin any more. */
  async isNoAdmin(): Promise<void> {
    const { ledger } = this.on.company;
    const before = await ledger.user('adele-vance');
    if (before) await ledger.commit([{ of: 'user', before, after: { ...before, roles: ['accountAdmin'] } }]);
  }

  /** Alex has sent so many, as the ledger has them. */
  async sent(count: number): Promise<void> {
    const { company } = this.on;
    const requestedBy = await company.ledger.user('alex-wilber');
    if (!requestedBy) throw new Error('Alex is not there');
    const rest = { description: '42', product: 'Intune', phone: '+33199000000', timeZone: 'UTC' };
    const about = { ...rest, phase: 'design', country: 'FR', language: 'fr', hours: 1 } as const;
    for (let n = 0; n < count; n++) {
      const id = `0mih2k3x${n}-3a9c`;
      const what = { id, benefitId: HOURS, title: `Intune ${n}`, at: company.clock.now.toISOString() };
      await company.ledger.commit([
        { of: 'serviceRequest', after: { ...about, ...what, requestedBy, state: 'open' } },
      ]);
    }
  }

  private async goesOn(
    fields: readonly RequestField[],
    changes: typeof ASKED,
    verb: 'describeRequest' | 'giveContact',
  ): Promise<Chatter> {
    const typed = REQUEST_FIELDS.filter((field) => fields.includes(field)).map((field) => [
      field,
      changes[field] ?? ASKED[field],
    ]);
    const known = typed.filter(([, value]) => value !== undefined);
    await this.alex.presses(this.alex.button(this.on.t(`button.${verb}`)), Object.fromEntries(known));
    return this.alex;
  }
}
