import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { CompanyFile } from '../../benefits/importCompany';
import { actionsOf } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import type { BotProcess, Fleet } from '../parts/fleet';

export const WEBHOOK_SECRET = 'a-secret-for-the-soak-0123456789';

const ADMINS = ['Adele Vance', 'Camille Durand', 'Nestor Wilke', 'Ben Walters', 'Lee Gu', 'Mbali Dlamini'];
const EMPLOYEES = [
  ...['Alex Wilber', 'Debra Berger', 'Diego Siciliani', 'Emily Braun', 'Jean Dupont', 'Marie Dupont'],
];
const SEATS = [
  ...['Visual Studio Enterprise', 'Visual Studio Enterprise (Gold)', 'Power BI Pro'],
  ...['cloud support incidents', 'Partner advisory hours'],
];
const NONSENSE = ['asdf', 'assign', '42', 'what is this?', '😀'.repeat(20), '${name} {{x}}', "'; drop table"];
/** Of all people together: Azurite grows slow with what is written, and shall not be what is tried here. */
const TURNS_A_SECOND = 6;

/** The company with its admins. */
export const withAdmins = (file: CompanyFile): CompanyFile => ({
  ...file,
  users: file.users.map((user) =>
    ADMINS.includes(user.displayName) ? { ...user, roles: ['benefitsAdmin', 'accountAdmin'] } : user,
  ),
});

/** Something to do, in a few turns. */
type Doing = (who: Chatter) => Promise<void>;

/** A fixed number of people who go on with one thing after another, each with any of the processes. */
export class MixedWork {
  /** How often each was begun. */
  readonly done: Record<string, number> = {};
  /** How many turns each person has had. */
  private readonly turns = new Map<string, number>();
  private next = 0;
  private readonly admins: Chatter[];
  private readonly employees: Chatter[];

  constructor(
    private readonly fleet: Fleet,
    /** From 0 to 1. */
    private readonly random: () => number,
  ) {
    const person = (name: string) =>
      fleet.person(name, () => {
        this.turns.set(name, this.turnsOf(name) + 1);
        return this.nextBot();
      });
    this.admins = ADMINS.map(person);
    this.employees = EMPLOYEES.map(person);
  }

  /** Everybody opens their chat. */
  async begins(): Promise<void> {
    for (const person of [...this.admins, ...this.employees]) await person.says('help');
  }

  async goesOn(stop: AbortSignal): Promise<void> {
    setMaxListeners(0, stop);
    const people = this.admins.length + this.employees.length;
    const pauseMs = (people / TURNS_A_SECOND) * 1_000;
    const goesOn = async (who: Chatter, doings: Readonly<Record<string, Doing>>) => {
      while (!stop.aborted) {
        const [name, doing] = this.any(Object.entries(doings));
        this.done[name] = (this.done[name] ?? 0) + 1;
        const before = this.turnsOf(who.member.name);
        await doing(who);
        await paused(pauseMs * (this.turnsOf(who.member.name) - before), stop);
      }
    };
    await Promise.all([
      ...this.admins.map((who) => goesOn(who, this.doneByAdmins)),
      ...this.employees.map((who) => goesOn(who, this.doneByAll)),
    ]);
  }

  private readonly doneByAll: Readonly<Record<string, Doing>> = {
    'my benefits': (who) => says(who, 'my benefits'),
    overview: (who) => says(who, 'overview', 'Visual Studio Enterprise'),
    keys: (who) => says(who, 'keys Power BI Pro', 'Show the keys', 'Done'),
    nonsense: (who) => says(who, this.any(NONSENSE)),
    help: (who) => says(who, 'help', 'My benefits'),
  };

  private readonly doneByAdmins: Readonly<Record<string, Doing>> = {
    assign: (who) => this.assigns(who),
    'assign and undo': (who) => this.assigns(who, 'Undo'),
    release: async (who) => {
      const seat = await this.anyHeld();
      if (seat) await says(who, `release ${seat.benefit} from ${seat.holder}`, 'Release');
    },
    reassign: async (who) => {
      const seat = await this.anyHeld();
      if (!seat) return;
      await says(who, `reassign ${seat.benefit} from ${seat.holder} to ${this.any(EMPLOYEES)}`, 'Reassign');
    },
    resend: async (who) => {
      const seat = await this.anyHeld();
      if (seat) await says(who, `resend ${seat.benefit} to ${seat.holder}`);
    },
    'keys left standing': (who) => says(who, 'keys Windows Server', 'Show the keys'),
    activations: (who) => says(who, 'activations', 'Mark as active', 'Mark as active'),
    webhook: () => this.activates(),
    history: (who) => says(who, 'history'),
    overview: (who) => says(who, 'overview'),
  };

  private async assigns(who: Chatter, ...then: string[]): Promise<void> {
    await who.says(`assign ${this.any(SEATS)} to ${this.any(EMPLOYEES)}`);
    if (who.reads().includes('Alternate e-mail for')) {
      who.fills('Alternate e-mail', 'other@fabrikam.com');
      await presses(who, 'Next');
    }
    await presses(who, 'Assign user', ...then);
  }

  private async anyHeld(): Promise<{ readonly benefit: string; readonly holder: string } | undefined> {
    const holds = await this.fleet.ledger.holders(this.any(await this.heldBenefits()), 50);
    if (holds.length === 0) return undefined;
    const { benefitId, userId } = this.any(holds);
    const user = await this.fleet.ledger.user(userId);
    return user && { benefit: benefitId, holder: user.displayName };
  }

  private async heldBenefits(): Promise<string[]> {
    const held = (await this.fleet.ledger.benefits()).filter((benefit) => benefit.held > 0);
    return held.length > 0 ? held.map(({ id }) => id) : ['visual-studio-enterprise'];
  }

  /** A fulfilment system says that what waits for longest is active now. */
  private async activates(): Promise<void> {
    const [pending] = await this.fleet.ledger.pendingActivations(1);
    const user = pending && (await this.fleet.ledger.user(pending.userId));
    if (!pending || !user) return;
    const body = JSON.stringify({
      tenantId: this.fleet.tenantId,
      benefitId: pending.benefitId,
      userEmail: user.email,
      status: 'active',
      occurredAt: new Date().toISOString(),
    });
    const seconds = Math.floor(Date.now() / 1_000);
    const digest = createHmac('sha256', WEBHOOK_SECRET).update(`${seconds}.${body}`).digest('hex');
    await this.nextBot().postTo('/api/activations', body, { 'x-signature': `t=${seconds},v1=${digest}` });
  }

  private turnsOf(name: string): number {
    return this.turns.get(name) ?? 0;
  }

  private nextBot(): BotProcess {
    const { bots } = this.fleet;
    this.next += 1;
    return bots[this.next % bots.length]!;
  }

  private any<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)]!;
  }
}

async function says(who: Chatter, text: string, ...labels: string[]): Promise<void> {
  await who.says(text);
  await presses(who, ...labels);
}

/** As long as the buttons are there: it may be refused, and a notice may come between. */
async function presses(who: Chatter, ...labels: string[]): Promise<void> {
  for (const label of labels) {
    if (!actionsOf(who.card).some(({ title }) => String(title).startsWith(label))) return;
    await who.clicks(label);
  }
}

function paused(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    stop.addEventListener('abort', done);
    if (stop.aborted) done();
  });
}
