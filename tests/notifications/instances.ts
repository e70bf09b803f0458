import { randomBytes, randomUUID } from 'node:crypto';
import pino from 'pino';
import type { Fact } from '../../benefits/model';
import type { Notice } from '../../benefits/work';
import { notice } from '../../benefits/notices';
import type { Change, Ledger, Ports, Work } from '../../benefits/ports';
import { ledgerDomain } from '../../bot/ports';
import { runInScope } from '../../bot/turnScope';
import type { EmailChannel, SendResult, TeamsChannel } from '../../notifications/channel';
import { Worker } from '../../notifications/worker';
import { keyCipher } from '../../storage/keyCipher';
import { Remembered } from '../../storage/remembered';
import { TableLedger } from '../../storage/tableLedger';
import { WorkTable } from '../../storage/workTable';
import { entityTable, tableClient, testTable } from '../parts/tables';
import { type VirtualClock, VirtualTime } from './virtualClock';

/** What reached a channel. Times are of `VirtualTime`. */
export interface Sent {
  /** Which of the instances. */
  readonly by: string;
  readonly to: string;
  /** What it is about: the name of its benefit. */
  readonly what: string;
  readonly at: number;
  endedAt?: number;
}

/** How Teams and the mail server answer; undefined is `sent`. */
export type Answers = (sent: Sent) => SendResult | undefined;

/** Done before a call reaches storage; may throw in its place. */
type Before<T> = { [Name in keyof T]?: () => void | Promise<void> };

/** A company, p0, p1 … of whom have opened a chat, and what they shall be told. */
export class Tenant {
  readonly id = randomUUID();
  readonly ledger: Ledger;
  private made = 0;

  constructor(private readonly scene: Scene) {
    this.ledger = scene.ledgerOf(this.id);
  }

  async people(count: number): Promise<this> {
    const ids = Array.from({ length: count }, (_, index) => `p${index}`);
    for (let from = 0; from < count; from += 15) {
      await this.ledger.commit(ids.slice(from, from + 15).map(person));
    }
    await Promise.all(ids.map((id) => this.ledger.saveChat(id, chatWith(id))));
    return this;
  }

  /**
   * Puts notices, "Tool 0", "Tool 1" …, into the outbox, one a person in turn.
   * @param whose instance commits them, by its clock, and sees to them; without one a process that has just died
   */
  async adds(count: number, people: number, whose?: Instance): Promise<string[]> {
    const whats = Array.from({ length: count }, () => `Tool ${this.made++}`);
    const changes = whats.map((what, index) => this.notice(`p${index % people}`, what, { by: whose }));
    await this.commit(changes, whose);
    return whats;
  }

  async commit(changes: readonly Change[], whose?: Instance): Promise<void> {
    const ledger = whose ? whose.ledgerOf(this.id) : this.ledger;
    for (let from = 0; from < changes.length; from += 100)
      await ledger.commit(changes.slice(from, from + 100));
    if (!whose) await this.scene.work.want(this.id, 0);
  }

  /** That a benefit is no longer theirs, in a chat or by e-mail. */
  notice(
    userId: string,
    benefit: Fact,
    { by, isMail = false }: { readonly by?: Instance; readonly isMail?: boolean } = {},
  ): Change {
    const facts = { benefit, by: 'Adele Vance' };
    const to = isMail ? `${userId}@contoso.com` : userId;
    const channel = isMail ? 'email' : 'teams';
    return notice(this.scene.ports(this.ledger, by?.clock), { channel, to, userId, key: 'undone', facts });
  }

  async outbox(): Promise<Record<'waiting' | 'sent' | 'parked', Notice[]>> {
    const [waiting, sent, parked] = await Promise.all([
      this.ledger.notices('waiting'),
      this.ledger.notices('sent'),
      this.ledger.notices('parked'),
    ]);
    return { waiting, sent, parked };
  }
}

const person = (id: string): Change => ({
  of: 'user',
  after: {
    id,
    email: `${id}@contoso.com`,
    displayName: id,
    roles: [],
    active: true,
    language: 'en',
  },
});

const chatWith = (id: string) => ({ reference: { chat: id }, timeZone: 'Europe/Paris', reachable: true });

/** One process of the bot: its worker, with a clock and clients of storage of its own. */
export class Instance {
  readonly clock: VirtualClock;
  readonly worker: Worker;
  /** How long Teams and the mail server take to answer. */
  answerMs = 100;
  answers: Answers = () => undefined;
  readonly before: { work: Before<Work>; ledger: Before<Ledger> } = { work: {}, ledger: {} };
  readonly logged: string[] = [];
  private readonly work: Work;
  private isDead = false;

  constructor(
    readonly name: string,
    private readonly scene: Scene,
  ) {
    this.clock = scene.time.clock();
    const { work, ledger } = scene.tableNames;
    const workTable = new WorkTable(entityTable(work), () => this.clock.monotonic());
    this.work = this.through(workTable, this.before.work);
    const ledgerTable = entityTable(ledger);
    this.ledgerOf = (tenantId) =>
      this.through(
        new TableLedger(ledgerTable, tenantId, ledgerDomain, new Remembered(), () =>
          this.worker.nudge(tenantId),
        ),
        this.before.ledger,
      );
    const write = (line: string) => void this.logged.push(line);
    this.worker = new Worker({
      work: this.work,
      portsOf: (tenantId) => scene.ports(this.ledgerOf(tenantId), this.clock),
      channels: { teams: this.teams, email: this.email },
      clock: this.clock,
      owner: name,
      inScope: runInScope,
      log: pino({ level: 'error' }, { write }),
    });
  }

  readonly ledgerOf: (tenantId: string) => Ledger;

  /** The process is gone: no time passes for it, and nothing of it reaches storage. */
  dies(): void {
    this.isDead = true;
    this.clock.standStill();
  }

  private readonly teams: TeamsChannel = {
    send: (reference, card) => this.sends((reference as { chat: string }).chat, JSON.stringify(card)),
    update: (reference, _id, card) => this.sends((reference as { chat: string }).chat, JSON.stringify(card)),
  };

  private readonly email: EmailChannel = { send: (mail) => this.sends(mail.to, mail.subject) };

  private async sends(to: string, text: string): Promise<SendResult> {
    const [what = text] = /Tool \d+/.exec(text) ?? [];
    const sent: Sent = { by: this.name, to, what, at: this.scene.time.now };
    this.scene.sent.push(sent);
    await this.clock.sleep(this.answerMs);
    sent.endedAt = this.scene.time.now;
    return this.answers(sent) ?? { outcome: 'sent' };
  }

  private through<T extends object>(part: T, before: Before<T>): T {
    const asked = new Proxy(part, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          if (this.isDead) throw new Error('no such process');
          await before[name as keyof T]?.();
          return Reflect.apply(method, target, args) as unknown;
        };
      },
    });
    return this.scene.time.watched(asked);
  }
}

/** Instances on one storage, in one time. */
export class Scene {
  readonly time = new VirtualTime();
  readonly sent: Sent[] = [];
  readonly work: WorkTable;
  readonly workTable;
  private readonly instances: Instance[] = [];
  private readonly ledgerTable;

  private constructor(readonly tableNames: { readonly ledger: string; readonly work: string }) {
    this.workTable = tableClient(tableNames.work);
    this.work = new WorkTable(entityTable(tableNames.work));
    this.ledgerTable = tableClient(tableNames.ledger);
  }

  static async open(): Promise<Scene> {
    const [ledger, work] = await Promise.all([testTable('ledger'), testTable('work')]);
    return new Scene({ ledger: ledger.tableName, work: work.tableName });
  }

  tenant(): Tenant {
    return new Tenant(this);
  }

  /** A process that looks for work. */
  instance(name: string): Instance {
    const instance = new Instance(name, this);
    this.instances.push(instance);
    instance.worker.start();
    return instance;
  }

  ledgerOf(tenantId: string): Ledger {
    return new TableLedger(
      entityTable(this.tableNames.ledger),
      tenantId,
      ledgerDomain,
      new Remembered(),
      () => {},
    );
  }

  ports(ledger: Ledger, clock: VirtualClock = this.time.clock()): Ports {
    return {
      ledger,
      cipher: keyCipher('tenant', () => []),
      now: () => new Date(clock.now()),
      random: (bytes) => randomBytes(bytes).toString('hex'),
      pause: (milliseconds) => clock.sleep(milliseconds),
    };
  }

  /** A row in a form that this program doesn't know yet. */
  async writesNewer(tenantId: string, rowKey: string): Promise<void> {
    await this.ledgerTable.createEntity({ partitionKey: tenantId, rowKey, v: 99, data: '{}' });
  }

  /** As if a program wrote the row in a form that this program doesn't know; with 1, as that program reads it. */
  async rewrites(tenantId: string, rowKey: string, version: number): Promise<void> {
    await this.ledgerTable.updateEntity({ partitionKey: tenantId, rowKey, v: version }, 'Merge');
  }

  async deletes(tenantId: string, rowKey: string): Promise<void> {
    await this.ledgerTable.deleteEntity(tenantId, rowKey);
  }

  /** How often each was sent. */
  times(whats: readonly string[]): number[] {
    return whats.map((what) => this.sent.filter((sent) => sent.what === what).length);
  }

  /** Who sent, one after the other, from when until when. */
  turns(): { by: string; from: number; to: number }[] {
    const turns: { by: string; from: number; to: number }[] = [];
    for (const { by, at, endedAt = at } of this.sent) {
      const last = turns.at(-1);
      if (last?.by === by) last.to = Math.max(last.to, endedAt);
      else turns.push({ by, from: at, to: endedAt });
    }
    return turns;
  }

  /** How long nobody sent between one's last message and the next one's first. */
  gaps(): number[] {
    const turns = this.turns();
    return turns.slice(1).map(({ from }, index) => from - (turns[index]?.to ?? 0));
  }

  async close(): Promise<void> {
    for (const { clock } of this.instances) clock.goOn();
    await this.time.runs(Promise.all(this.instances.map(({ worker }) => worker.stop())));
  }
}
