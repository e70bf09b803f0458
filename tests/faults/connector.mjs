// Teams on loopback, in a process of its own: when a message arrives is not for the sender's process to say.
// Prints its address; GET /arrived gives what has come since it was last asked; POST /refuse/SECONDS lets it say “too
// many” to the next message; ends when its input ends.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** Within this time it answers, in milliseconds. */
const SLOWEST_ANSWER_MS = 300;
const arrived = [];
/** What it says to the next message to wait, in seconds. */
let refusesFor;

const server = createServer(async (request, response) => {
  const at = performance.now();
  if (request.url === '/arrived') return answer(response, 200, arrived.splice(0));
  const [, seconds] = /^\/refuse\/(\d+)$/.exec(request.url) ?? [];
  if (seconds) {
    refusesFor = seconds;
    return answer(response, 200, {});
  }
  const [, chat] = /\/conversations\/([^/]+)\//.exec(request.url) ?? [];
  const [what] = /Tool \d+/.exec(await text(request)) ?? [];
  const retryAfter = refusesFor;
  refusesFor = undefined;
  arrived.push({ chat, what, at, isRefused: retryAfter !== undefined });
  if (retryAfter)
    return answer(response, 429, { error: { code: 'Throttled' } }, { 'retry-after': retryAfter });
  setTimeout(() => answer(response, 201, { id: `message-${at}` }), Math.random() * SLOWEST_ANSWER_MS);
});

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume().once('end', () => process.exit());
