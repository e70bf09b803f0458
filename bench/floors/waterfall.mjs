// Floors (c) and (c2): the SDK's samples' way. A waterfall of two steps, a card of 25 choices from a template, pressed as
// Action.Execute. Conversation state stands in memory; with STORAGE, in Azure's tables in the plainest way: one point
// read and one upsert a turn.
import { createHash } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { Template } from 'adaptivecards-templating';
import {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  MessageFactory,
} from 'botbuilder';
import { Dialog, DialogReason, DialogSet, WaterfallDialog } from 'botbuilder-dialogs';
import restify from 'restify';

/** One row a key. */
class TableStorage {
  constructor(table) {
    this.table = table;
  }

  async read(keys) {
    const items = {};
    for (const key of keys) {
      try {
        const { data, etag } = await this.table.getEntity(partitionOf(key), 'state');
        items[key] = { ...JSON.parse(data), eTag: etag };
      } catch (error) {
        if (error.statusCode !== 404) throw error;
      }
    }
    return items;
  }

  async write(changes) {
    for (const [key, item] of Object.entries(changes)) {
      const row = { partitionKey: partitionOf(key), rowKey: 'state', data: JSON.stringify(item) };
      await this.table.upsertEntity(row, 'Replace');
    }
  }

  async delete(keys) {
    for (const key of keys) await this.table.deleteEntity(partitionOf(key), 'state');
  }
}

const partitionOf = (key) => createHash('sha256').update(key).digest('hex');

async function storage() {
  if (!process.env.STORAGE) return new MemoryStorage();
  const table = TableClient.fromConnectionString(process.env.STORAGE, 'FloorState', {
    allowInsecureConnection: true,
  });
  await table.createTable();
  return new TableStorage(table);
}

const frame = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: '${title}', size: 'large', wrap: true },
    {
      $data: '${choices}',
      type: 'Container',
      items: [
        { type: 'TextBlock', text: '${name}', weight: 'bolder', wrap: true },
        { type: 'TextBlock', text: '${detail}', isSubtle: true, wrap: true },
      ],
      selectAction: { type: 'Action.Execute', verb: 'choose', title: '${name}', data: { id: '${id}' } },
    },
  ],
};
const template = new Template(frame);
const choices = Array.from({ length: 25 }, (_, n) => ({
  id: `choice-${n}`,
  name: `Choice ${n}`,
  detail: `${n} left`,
}));
const cardOf = (title) => template.expand({ $root: { title, choices } });

const state = new ConversationState(await storage());
const dialogs = new DialogSet(state.createProperty('dialogs'));
const choose = new WaterfallDialog('choose', [
  async (step) => {
    await step.context.sendActivity(
      MessageFactory.attachment(CardFactory.adaptiveCard(cardOf('Choose one'))),
    );
    return Dialog.EndOfTurn;
  },
  async (step) => step.endDialog(step.result),
]);
dialogs.add(choose);

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, async (context) => {
    const dc = await dialogs.createContext(context);
    if (context.activity.type === 'message') {
      await dc.cancelAllDialogs();
      await dc.beginDialog('choose');
    } else {
      // A waterfall does not go on by itself for what isn't a message.
      const { id } = context.activity.value.action.data;
      const { result } = await choose.resumeDialog(dc, DialogReason.continueCalled, id);
      const value = cardOf(`You chose ${result}`);
      const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    }
    await state.saveChanges(context);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`ready on ${server.address().port}`));
