import { HIDDEN_AFTER_MS, hidesNoMore, hiding } from '../../benefits/keysOnCards';
import { keysHiddenCard } from '../../cards/keys-hidden/keysHidden';
import { benefitOf } from '../chooseBenefit';
import { STAY, type Step } from '../step';
import { doneCard } from './done';
import { toDownloads } from './downloads';
import { benefitNow, hasDownloads, HIDDEN_AFTER_MINUTES, type KeysDraft } from './draft';
import { reveal } from './showKeys';

/**
 * The keys stand on the card that this step is come to with, and on no other: shown again by itself, it has none.
 * For ten minutes a press brings them back, and takes nothing.
 */
export const keysShown: Step<KeysDraft> = {
  name: 'keysShown',
  applies: ({ claimedAt }) => claimedAt !== undefined,

  async show(draft, turn, press, refused) {
    const benefit = await benefitNow(draft, turn);
    const age = turn.ports.now().getTime() - Date.parse(draft.claimedAt ?? '');
    const ask = {
      press,
      benefit: { id: benefit.id, name: benefit.name },
      minutes: HIDDEN_AFTER_MINUTES,
      isOver: !(age <= HIDDEN_AFTER_MS),
      hasDownloads: hasDownloads(benefit),
    };
    return keysHiddenCard({ ...ask, refusal: refused?.text ?? null }, turn.t);
  },

  async again(draft, turn, press) {
    const { input } = turn;
    const isClaim = 'verb' in input && (input.verb === 'showKeys' || input.verb === 'anotherKey');
    return isClaim ? (await reveal(draft, turn, press)).card(press) : undefined;
  },

  /** A due hiding would overwrite what has taken the keys' place. */
  async left({ benefit, claimedAt }, { ports, person, input }, { run }) {
    const messageId = 'verb' in input ? input.inMessage : undefined;
    if (!benefit || claimedAt === undefined || messageId === undefined) return;
    const press = { operationId: run, by: person.user.id };
    await hidesNoMore(ports, hiding(press, { benefit, claimedAt }, messageId));
  },

  presses: {
    showAgain: async (draft, turn, _data, press) => ({
      draft,
      go: STAY,
      shows: (await reveal(draft, turn, press)).card,
    }),
    toDownloads,
    doneKeys: async (draft, turn) => ({ done: doneCard(turn, benefitOf(draft)) }),
  },
};
