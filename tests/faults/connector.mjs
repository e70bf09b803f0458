// Teams on loopback, in a process of its own: when a message arrives is not for the sender's process to say.
// Prints its address; GET /arrived gives what has come since it was last asked; ends when its input ends.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** Within this time it answers, in milliseconds. */
const SLOWEST_ANSWER_MS = 300;
const arrived = [];

const server = createServer(async (request, response) => {
  const at = performance.now();
  if (request.url === '/arrived') return answer(response, 200, arrived.splice(0));
  const [, chat] = /\/conversations\/([^/]+)\//.exec(request.url) ?? [];
  const [what] = /Tool \d+/.exec(await text(request)) ?? [];
  arrived.push({ chat, what, at });
  setTimeout(() => answer(response, 201, { id: `message-${at}` }), Math.random() * SLOWEST_ANSWER_MS);
});

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume().once('end', () => process.exit());
