import { calculateChangeHash, ConversationState, type StoreItem, type TurnContext } from 'botbuilder';
import { CREATE_ONLY, type TableBotState } from './tableBotState';

interface Kept {
  /** What the next write of this turn must find: what was read or last written, or nothing. */
  eTag: string;
  /** Of the state as it is stored; empty when the turn cleared it. */
  hash: string;
}

/**
 * Conversation state of which, of two turns at once, only one is saved. The SDK's own writes over whatever is
 * there; this one writes only over what the turn has read, and creates only where the turn has read nothing.
 *
 * A turn may save as often as it likes; unchanged state isn't written. `saveChanges` throws `StateConflictError`
 * when another turn was saved or deleted the state in between, and goes on doing so until the state is loaded
 * anew (`load(context, true)`). `delete` asks nothing.
 */
export class KeptConversationState extends ConversationState {
  private readonly keptKey = Symbol('kept');

  constructor(
    private readonly rows: TableBotState,
    namespace = '',
  ) {
    super(rows, namespace);
  }

  override async load(context: TurnContext, force = false): Promise<StoreItem> {
    const cached: StoreItem | undefined = this.get(context);
    const state: StoreItem = await super.load(context, force);
    if (state !== cached) {
      const kept: Kept = { eTag: state.eTag ?? CREATE_ONLY, hash: calculateChangeHash(state) };
      context.turnState.set(this.keptKey, kept);
    }
    return state;
  }

  override async saveChanges(context: TurnContext, force = false): Promise<void> {
    if (force && !this.get(context)) await this.clear(context);
    const state: StoreItem | undefined = this.get(context);
    const kept = this.kept(context);
    if (!state || !kept) return;
    const hash = calculateChangeHash(state);
    if (!force && hash === kept.hash) return;
    const key = await this.storageKey(context);
    state.eTag = await this.rows.put(key, { ...state, eTag: kept.eTag });
    context.turnState.set(this.keptKey, { eTag: state.eTag, hash });
  }

  /** Reads first, so that what another turn writes meanwhile isn't cleared with it. */
  override async clear(context: TurnContext): Promise<void> {
    await this.load(context);
    await super.clear(context);
    const kept = this.kept(context);
    if (kept) kept.hash = '';
  }

  private kept(context: TurnContext): Kept | undefined {
    return context.turnState.get<Kept | undefined>(this.keptKey);
  }
}
