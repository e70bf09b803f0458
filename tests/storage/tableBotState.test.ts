import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { TableClient } from '@azure/data-tables';
import { TestAdapter, TurnContext, type StoreItem } from 'botbuilder';
import {
  runDialog,
  TextPrompt,
  WaterfallDialog,
  ComponentDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { CallScope } from '../../storage/callScope';
import { KeptConversationState } from '../../storage/keptConversationState';
import {
  CREATE_ONLY,
  MOST_STATE_BYTES,
  StateConflictError,
  StateTooLargeError,
  TableBotState,
} from '../../storage/tableBotState';
import { openTable } from '../../storage/tables';
import { connectionStringTo } from '../parts/azurite';
import { entityTable, testTable } from '../parts/tables';

const unbounded: CallScope = { signal: () => new AbortController().signal, onRequest: () => undefined };

let table: TableClient;
let storage: TableBotState;

beforeEach(async () => {
  table = await testTable('botstate');
  storage = new TableBotState(entityTable(table.tableName, unbounded));
});

const afterwards: (() => void)[] = [];
afterEach(() => afterwards.splice(0).forEach((cleanUp) => cleanUp()));

/** A connection string to what takes every connection and never says a word. */
async function silentService(): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards.push(() => {
    server.close();
    sockets.forEach((socket) => socket.destroy());
  });
  const { port } = server.address() as AddressInfo;
  return connectionStringTo(`http://127.0.0.1:${port}`);
}

async function stored(key: string): Promise<StoreItem> {
  const item: StoreItem | undefined = (await storage.read([key]))[key];
  if (!item) throw new Error(`Nothing is stored under "${key}".`);
  return item;
}

describe('what every storage of the SDK does', () => {
  it('leaves out keys that it does not know', async () => {
    await storage.write({ known: { id: 1 } });
    expect(Object.keys(await storage.read(['unknown', 'known']))).toEqual(['known']);
  });

  it.each([null, undefined])('refuses to read, write or delete %s', async (nothing) => {
    // What a JavaScript caller may hand in.
    const untyped: {
      read(k: unknown): Promise<unknown>;
      write(c: unknown): Promise<void>;
      delete(k: unknown): Promise<void>;
    } = storage;
    await expect(untyped.read(nothing)).rejects.toThrow(ReferenceError);
    await expect(untyped.write(nothing)).rejects.toThrow(ReferenceError);
    await expect(untyped.delete(nothing)).rejects.toThrow(ReferenceError);
  });

  it('takes no keys and no changes', async () => {
    await storage.write({});
    await storage.delete([]);
    expect(await storage.read([])).toEqual({});
  });

  it('creates and gives back several objects, each with its eTag', async () => {
    await storage.write({ one: { id: 1 }, two: { id: 2, nested: { deep: [1, 'é', null] } } });
    expect(await storage.read(['one', 'two'])).toEqual({
      one: { id: 1, eTag: expect.stringMatching(/^W\//) },
      two: { id: 2, nested: { deep: [1, 'é', null] }, eTag: expect.stringMatching(/^W\//) },
    });
  });

  it('keeps null and drops undefined properties', async () => {
    await storage.write({ key: { none: null, absent: undefined, empty: '' } });
    const { eTag, ...state } = await stored('key');
    expect(state).toStrictEqual({ none: null, empty: '' });
    expect(eTag).toBeTruthy();
  });

  it('updates with the eTag that was read, and gives it a new one', async () => {
    await storage.write({ key: { count: 1 } });
    const read = await stored('key');
    await storage.write({ key: { ...read, count: 2 } });
    const again = await stored('key');
    expect(again.count).toBe(2);
    expect(again.eTag).not.toBe(read.eTag);
  });

  it('refuses a stale eTag and names the key', async () => {
    await storage.write({ key: { count: 1 } });
    const stale = await stored('key');
    await storage.write({ key: { ...stale, count: 2 } });
    const late = storage.write({ key: { ...stale, count: 3 } });
    await expect(late).rejects.toThrow(StateConflictError);
    await expect(late).rejects.toMatchObject({ key: 'key' });
    expect((await stored('key')).count).toBe(2);
  });

  it('refuses an eTag of what was deleted since', async () => {
    await storage.write({ key: { count: 1 } });
    const read = await stored('key');
    await storage.delete(['key']);
    await expect(storage.write({ key: read })).rejects.toThrow(StateConflictError);
    expect(await storage.read(['key'])).toEqual({});
  });

  it.each(['*', undefined])('writes over whatever is there with eTag %s', async (eTag) => {
    await storage.write({ key: { count: 1, first: true } });
    await storage.write({ key: { count: 2, eTag }, fresh: { count: 1, eTag } });
    expect(await stored('key')).toEqual({ count: 2, eTag: expect.any(String) });
    expect((await stored('fresh')).count).toBe(1);
  });

  it('refuses an empty eTag before anything is written', async () => {
    await expect(storage.write({ good: { id: 1 }, bad: { id: 2, eTag: '' } })).rejects.toThrow(/empty eTag/);
    expect(await storage.read(['good', 'bad'])).toEqual({});
  });

  it('deletes what is there, and does not mind what is not', async () => {
    await storage.write({ one: { id: 1 }, two: { id: 2 }, three: { id: 3 } });
    await storage.delete(['one', 'unknown', 'two']);
    expect(Object.keys(await storage.read(['one', 'two', 'three']))).toEqual(['three']);
  });

  it.each([
    ['every punctuation mark', '!@#$%^&*()~/\\><,.?\';"`~'],
    ['a path with a query', 'msteams/conversations/19:abc@thread.tacv2;messageid=1?x=%2F#y'],
    ['other scripts', '日本語 Ünïcødé 🎉 \u0000\n\t'],
    ['a name of JavaScript', '__proto__'],
    ['nothing at all', ''],
    ['thousands of characters', 'k/é🎉'.repeat(20_000)],
  ])('takes a key of %s', async (_, key) => {
    await storage.write(Object.fromEntries([[key, { id: 1 }]]));
    const read = await storage.read([key]);
    expect(Object.entries(read)).toEqual([[key, { id: 1, eTag: expect.any(String) }]]);
    await storage.delete([key]);
    expect(Object.keys(await storage.read([key]))).toEqual([]);
  });

  it('tells keys apart that differ in half a character', async () => {
    await storage.write({ 'a\uD800': { n: 1 }, 'a\uD801': { n: 2 } });
    expect(await storage.read(['a\uD800'])).toMatchObject({ 'a\uD800': { n: 1 } });
  });

  it('tells long keys apart by their last character', async () => {
    const start = 'k'.repeat(50_000);
    await storage.write({ [`${start}1`]: { id: 1 }, [`${start}2`]: { id: 2 } });
    expect((await stored(`${start}1`)).id).toBe(1);
  });
});

describe('what this one does besides', () => {
  it('shows operators the key and keeps no eTag in the JSON', async () => {
    await storage.write({ 'a/b': { id: 1, eTag: '*' } });
    const rows: Record<string, unknown>[] = [];
    for await (const row of table.listEntities()) rows.push(row);
    expect(rows).toEqual([
      expect.objectContaining({ rowKey: 'state', key: 'a/b', c0: Buffer.from('{"id":1}') }),
    ]);
  });

  it('creates only where nothing is', async () => {
    await storage.write({ key: { id: 1, eTag: CREATE_ONLY } });
    await expect(storage.write({ key: { id: 2, eTag: CREATE_ONLY } })).rejects.toThrow(StateConflictError);
    expect((await stored('key')).id).toBe(1);
  });

  it('answers a put with the eTag for the next one', async () => {
    const first = await storage.put('key', { id: 1 });
    const second = await storage.put('key', { id: 2, eTag: first });
    expect(await stored('key')).toEqual({ id: 2, eTag: second });
    await expect(storage.put('key', { id: 3, eTag: first })).rejects.toThrow(StateConflictError);
  });

  it('keeps 256 KiB of JSON, whatever characters a chunk ends in, and refuses a byte more', async () => {
    const fits = { text: 'é'.repeat((MOST_STATE_BYTES - '{"text":"x"}'.length) / 2) + 'x' };
    const tooLong = { text: `${fits.text}xx` };
    await storage.write({ key: fits });
    expect((await stored('key')).text).toBe(fits.text);

    const refused = storage.write({ other: { id: 1 }, key: tooLong });
    await expect(refused).rejects.toThrow(StateTooLargeError);
    await expect(refused).rejects.toMatchObject({
      key: 'key',
      bytes: Buffer.byteLength(JSON.stringify(tooLong)),
    });
    expect((await stored('key')).text).toBe(fits.text);
    expect(await storage.read(['other'])).toEqual({});
  });

  it('leaves nothing of a longer state behind', async () => {
    await storage.write({ key: { text: 'x'.repeat(200_000) } });
    await storage.write({ key: { ...(await stored('key')), text: 'short' } });
    expect((await stored('key')).text).toBe('short');
    for await (const row of table.listEntities()) expect(Object.keys(row)).not.toContain('c1');
  });

  it('never takes a missing table for absent state', async () => {
    await table.deleteTable();
    await expect(storage.read(['key'])).rejects.toMatchObject({ statusCode: 404 });
    await expect(storage.delete(['key'])).rejects.toMatchObject({ statusCode: 404 });
    await expect(storage.write({ key: { eTag: CREATE_ONLY } })).rejects.toMatchObject({ statusCode: 404 });
  });

  it('gives up on a service that never answers when the time of the turn is up', async () => {
    const silent = await silentService();
    const signal = AbortSignal.timeout(200);
    const hung = new TableBotState(
      openTable({ connectionString: silent }, 'hung', { signal: () => signal, onRequest: () => undefined }),
    );
    const started = performance.now();
    await expect(hung.read(['key'])).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(hung.write({ key: { id: 1 } })).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(performance.now() - started).toBeLessThan(2_000);
  }, 5_000);

  it('tells the scope of each request', async () => {
    let requests = 0;
    const counted = new TableBotState(
      entityTable(table.tableName, { ...unbounded, onRequest: () => requests++ }),
    );
    await counted.write({ one: { id: 1 }, two: { id: 2 } });
    await counted.read(['one', 'two', 'three']);
    await counted.delete(['one']);
    expect(requests).toBe(6);
  });
});

/** A process: its own client, storage and state on the one table. */
function newProcess(): { state: KeptConversationState; bot: (context: TurnContext) => Promise<void> } {
  const state = new KeptConversationState(new TableBotState(entityTable(table.tableName, unbounded)));
  const dialogs = state.createProperty('dialogs');
  const bot = async (context: TurnContext) => {
    await runDialog(new Introduction(), context, dialogs);
    await state.saveChanges(context);
  };
  return { state, bot };
}

class Introduction extends ComponentDialog {
  constructor() {
    super('introduction');
    this.addDialog(new TextPrompt('text', async (prompt) => (prompt.recognized.value ?? '').length > 3));
    this.addDialog(
      new WaterfallDialog(
        'steps',
        [this.name, this.team, this.greet].map((step) => step.bind(this)),
      ),
    );
    this.initialDialogId = 'steps';
  }
  private name(step: WaterfallStepContext) {
    return step.prompt('text', { prompt: 'What is your name?', retryPrompt: 'Longer, please.' });
  }
  private team(step: WaterfallStepContext) {
    step.activeDialog!.state.name = step.result;
    return step.prompt('text', 'And your team?');
  }
  private async greet(step: WaterfallStepContext) {
    await step.context.sendActivity(`Hello ${step.activeDialog!.state.name} of ${step.result}`);
    return step.endDialog();
  }
}

describe('a dialog', () => {
  it('goes on where it was after a restart at every step', async () => {
    await new TestAdapter(newProcess().bot).send('hi').assertReply('What is your name?').startTest();
    await new TestAdapter(newProcess().bot).send('Al').assertReply('Longer, please.').startTest();
    await new TestAdapter(newProcess().bot).send('Alice').assertReply('And your team?').startTest();
    await new TestAdapter(newProcess().bot).send('Finance').assertReply('Hello Alice of Finance').startTest();
    await new TestAdapter(newProcess().bot).send('hi').assertReply('What is your name?').startTest();
  });
});

describe('turns on one conversation', () => {
  const KEY = 'msteams/conversations/19:chat/';
  const turn = () =>
    new TurnContext(new TestAdapter(), {
      type: 'message',
      channelId: 'msteams',
      conversation: { id: '19:chat', name: '', isGroup: false, conversationType: 'personal' },
    });

  async function twoTurnsAtOnce(): Promise<PromiseSettledResult<void>[]> {
    const turns = ['mine', 'yours'].map((winner) => ({ winner, context: turn(), state: newProcess().state }));
    await Promise.all(
      turns.map(async ({ winner, context, state }) => state.createProperty('winner').set(context, winner)),
    );
    return Promise.allSettled(turns.map(({ context, state }) => state.saveChanges(context)));
  }

  function expectOneWinner(outcomes: PromiseSettledResult<void>[]): void {
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(outcomes).toHaveLength(2);
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toBeInstanceOf(StateConflictError);
    expect(lost[0]?.reason).toMatchObject({ key: KEY });
  }

  it('lets one of two win when nothing was there', async () => {
    const outcomes = await twoTurnsAtOnce();
    expectOneWinner(outcomes);
    expect((await stored(KEY)).winner).toBe(outcomes[0]?.status === 'fulfilled' ? 'mine' : 'yours');
  });

  it('lets one of two win over what was there', async () => {
    await storage.write({ [KEY]: { winner: 'nobody', kept: true } });
    const outcomes = await twoTurnsAtOnce();
    expectOneWinner(outcomes);
    expect(await stored(KEY)).toMatchObject({
      winner: outcomes[0]?.status === 'fulfilled' ? 'mine' : 'yours',
      kept: true,
    });
  });

  it('saves as often as a turn likes', async () => {
    const { state } = newProcess();
    const context = turn();
    for (const count of [1, 2, 3]) {
      await state.createProperty('count').set(context, count);
      await state.saveChanges(context);
      expect((await stored(KEY)).count).toBe(count);
    }
  });

  it('does not write what has not changed, unless forced', async () => {
    const { state } = newProcess();
    await state.load(turn());
    const untouched = turn();
    await state.load(untouched);
    await state.saveChanges(untouched);
    expect(await storage.read([KEY])).toEqual({});

    await storage.write({ [KEY]: { count: 1 } });
    const { eTag } = await stored(KEY);
    const context = turn();
    await state.createProperty('count').set(context, 1);
    await state.saveChanges(context);
    expect((await stored(KEY)).eTag).toBe(eTag);
    await state.saveChanges(context, true);
    expect((await stored(KEY)).eTag).not.toBe(eTag);
  });

  it('can go on after a conflict once it has read again', async () => {
    const { state } = newProcess();
    const context = turn();
    const count = state.createProperty<number>('count');
    await count.set(context, 1);
    await storage.write({ [KEY]: { count: 10 } });
    await expect(state.saveChanges(context)).rejects.toThrow(StateConflictError);
    await expect(state.saveChanges(context)).rejects.toThrow(StateConflictError);
    await state.load(context, true);
    await count.set(context, (await count.get(context, 0)) + 1);
    await state.saveChanges(context);
    expect((await stored(KEY)).count).toBe(11);
  });

  it('clears what it read, twice over, but not what another turn wrote since', async () => {
    const { state } = newProcess();
    await storage.write({ [KEY]: { count: 1 } });
    const context = turn();
    await state.clear(context);
    await state.clear(context);
    await state.saveChanges(context);
    expect(await stored(KEY)).toEqual({ eTag: expect.any(String) });

    const late = turn();
    await state.clear(late);
    await storage.write({ [KEY]: { count: 2 } });
    await expect(state.saveChanges(late)).rejects.toThrow(StateConflictError);
    expect((await stored(KEY)).count).toBe(2);
  });

  it('deletes, and can create again in the same turn', async () => {
    const { state } = newProcess();
    const context = turn();
    await state.createProperty('count').set(context, 1);
    await state.saveChanges(context);
    await state.delete(context);
    await state.saveChanges(context);
    expect(await storage.read([KEY])).toEqual({});
    await state.createProperty('count').set(context, 2);
    await state.saveChanges(context);
    expect((await stored(KEY)).count).toBe(2);
  });
});
