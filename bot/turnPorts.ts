import type { Ledger, Ports } from '../benefits/ports';

/**
 * The ports of one turn, which reads each thing once: what a step was begun with ahead, or what it has shown, it
 * decides on. Every write, and every pause before another try, begins anew. What an operation has done is always
 * asked: it is what the reads of a turn, which are no snapshot, are checked against.
 */
export function turnPorts(ports: Ports): Ports {
  const { ledger } = ports;
  const reads = new Map<string, Promise<unknown>>();
  const forget = () => reads.clear();

  function once<Args extends readonly unknown[], T>(name: keyof Ledger, read: (...args: Args) => Promise<T>) {
    return (...args: Args): Promise<T> => {
      const key = keyOf(name, args);
      const known = reads.get(key) as Promise<T> | undefined; // written below, by the same name
      if (known) return known;
      const begun = read(...args);
      reads.set(key, begun);
      // What is read ahead may be nobody's; and what failed is tried anew by whoever wants it next.
      begun.catch(() => reads.get(key) === begun && reads.delete(key));
      return begun;
    };
  }

  async function anew<T>(write: () => Promise<T>): Promise<T> {
    forget();
    return write().finally(forget);
  }

  const person = once('person', (userId: string) => ledger.person(userId));
  const user = once('user', (userId: string) => ledger.user(userId));
  const ofThisTurn: Partial<Ledger> = {
    company: once('company', () => ledger.company()),
    companyShown: once('companyShown', () => ledger.companyShown()),
    benefits: once('benefits', () => ledger.benefits()),
    benefit: once('benefit', (benefitId) => ledger.benefit(benefitId)),
    assignment: once('assignment', (benefitId, userId) => ledger.assignment(benefitId, userId)),
    handover: once('handover', (benefitId, fromUserId) => ledger.handover(benefitId, fromUserId)),
    handovers: once('handovers', (benefitId) => ledger.handovers(benefitId)),
    holders: once('holders', (...of) => ledger.holders(...of)),
    usersToChooseFrom: once('usersToChooseFrom', (...of) => ledger.usersToChooseFrom(...of)),
    person,
    // A person's rows have the user's among them.
    user: async (userId) =>
      reads.has(keyOf('person', [userId])) ? (await person(userId))?.user : user(userId),
    commit: (changes) => anew(() => ledger.commit(changes)),
    saveChat: (...chat) => anew(() => ledger.saveChat(...chat)),
  };
  return {
    ...ports,
    ledger: Object.assign(Object.create(ledger) as Ledger, ofThisTurn),
    pause(milliseconds) {
      forget();
      return ports.pause(milliseconds);
    },
  };
}

const keyOf = (name: keyof Ledger, args: readonly unknown[]): string => JSON.stringify([name, ...args]);
