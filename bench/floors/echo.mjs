// Floor (b): the smallest bot with the SDK's adapter.
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) =>
    context.sendActivity(`You said ${context.activity.text}`),
  );
});
server.listen(0, '127.0.0.1', () => console.log(`ready on ${server.address().port}`));
