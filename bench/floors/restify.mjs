// Floor (a): restify answering a JSON body that it has parsed.
import restify from 'restify';

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  response.json(200, { type: request.body.type });
});
server.listen(0, '127.0.0.1', () => console.log(`ready on ${server.address().port}`));
