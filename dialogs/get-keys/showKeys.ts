import { BenefitError } from '../../benefits/errors';
import { claimKeys } from '../../benefits/keys';
import { getKeysCard } from '../../cards/get-keys/getKeys';
import { keysShownCard } from '../../cards/keys-shown/keysShown';
import type { AdaptiveCard } from '../../cards/bind';
import type { StepPress } from '../../cards/buttons';
import { type Move, ON, type Step } from '../step';
import type { Turn } from '../turn';
import { benefitNow, hasDownloads, HIDDEN_AFTER_MINUTES, type KeysDraft } from './draft';
import { toDownloads } from './downloads';

/** What is known before a key is shown: the special instructions, and what showing one takes. */
export const showKeys: Step<KeysDraft> = {
  name: 'showKeys',
  applies: ({ claimedAt }) => claimedAt === undefined,

  async show(draft, turn, press, refused) {
    const benefit = await benefitNow(draft, turn);
    const { total, given } = benefit.keyCounts ?? { total: 0, given: 0 };
    const isSingle = benefit.keyKind === 'singleUse';
    const keys = isSingle ? await turn.ports.ledger.productKeys(benefit.id) : [];
    return getKeysCard(
      {
        press,
        benefit: {
          name: benefit.name,
          keyKind: benefit.keyKind ?? 'static',
          instructions: benefit.instructions,
        },
        left: total - given,
        yours: keys.filter(({ owner }) => owner?.id === turn.person.user.id).length,
        hasDownloads: hasDownloads(benefit),
        refusal: refused?.text ?? null,
      },
      turn.t,
    );
  },

  presses: {
    showKeys: (draft, turn, _data, press) => claim(draft, turn, press, false),
    anotherKey: (draft, turn, _data, press) => claim(draft, turn, press, true),
    toDownloads,
  },
};

async function claim(
  draft: KeysDraft,
  turn: Turn,
  press: StepPress,
  another: boolean,
): Promise<Move<KeysDraft>> {
  const { claimedAt, card } = await reveal(draft, turn, press, another);
  return { draft: { ...draft, claimedAt }, go: ON, shows: card };
}

/**
 * Claims the keys, or finds what this run has claimed. They are only ever in the card that answers a press in the
 * place of another: a message would keep them.
 * @throws BenefitError `clientTooOld`, or as `claimKeys` does
 */
export async function reveal(draft: KeysDraft, turn: Turn, { run }: StepPress, another = false) {
  const { input, ports, person, t } = turn;
  const messageId = 'verb' in input ? input.inMessage : undefined;
  if (messageId === undefined) throw new BenefitError('clientTooOld');
  const benefit = await benefitNow(draft, turn);
  const order = { benefitId: benefit.id, another, messageId };
  const { claimed, keys } = await claimKeys(ports, { operationId: run, by: person.user.id }, order);
  const shown = { benefit, keys, minutes: HIDDEN_AFTER_MINUTES, hasDownloads: hasDownloads(benefit) };
  const card = (press: StepPress): AdaptiveCard => keysShownCard({ ...shown, press }, t);
  return { claimedAt: claimed.claimedAt, card };
}
