import { createAdmission } from '../../bot/admission';
import { runInScope } from '../../bot/turnScope';
import { ConnectorError } from '../../notifications/connectorError';
import { json, localConfig, reply, startBotWithConnector, type BotWithConnector } from './botWithConnector';

let bot: BotWithConnector;

beforeEach(async () => {
  bot = await startBotWithConnector();
});

afterEach(() => bot.close());

/** Runs a turn that sends one message, and gives the error that it ends with. */
async function errorOfSending(): Promise<ConnectorError> {
  let failure: unknown;
  bot.script.logic = async (context) => {
    failure = await context.sendActivity('hi').catch((error: unknown) => error);
  };
  await bot.post(bot.activity());
  if (failure instanceof ConnectorError) return failure;
  throw new Error('sending did not fail as expected', { cause: failure });
}

describe('what Teams refuses', () => {
  it('is asked once, and says status, code and when to try again', async () => {
    const body = { error: { code: 'ServiceUnavailable', message: '…' } };
    bot.script.connectorAnswers = (response) => json(response, 503, body, { 'retry-after': '7' });
    expect(await errorOfSending()).toMatchObject({
      statusCode: 503,
      code: 'ServiceUnavailable',
      retryAfterMs: 7_000,
    });
    expect(bot.received).toHaveLength(1);
  });

  it.each([
    { errorCode: 209, message: { subCode: 'MessageWritesBlocked', details: null } },
    { errorCode: 209, message: '{ "subCode": "MessageWritesBlocked" }' },
  ])('says the more exact code of a refused write (%#)', async (body) => {
    bot.script.connectorAnswers = (response) => json(response, 403, body);
    expect(await errorOfSending()).toMatchObject({ statusCode: 403, code: 'MessageWritesBlocked' });
  });

  it('needs no code in the body', async () => {
    bot.script.connectorAnswers = (response) => reply(response, 429, '<html>');
    const { statusCode, code, retryAfterMs } = await errorOfSending();
    expect({ statusCode, code, retryAfterMs }).toEqual({ statusCode: 429 });
    expect(bot.received).toHaveLength(1);
  });

  it('is not followed elsewhere', async () => {
    const location = `${bot.connectorUrl}/elsewhere`;
    bot.script.connectorAnswers = (response) => reply(response, 307, '', { location });
    expect(await errorOfSending()).toMatchObject({ statusCode: 307 });
    expect(bot.received).toHaveLength(1);
  });

  it('is sent once when the connection drops', async () => {
    bot.script.connectorAnswers = (_response, request) => request.socket.destroy();
    const failure = await errorOfSending();
    expect(failure).toMatchObject({ code: 'NoAnswer' });
    expect(failure.statusCode).toBeUndefined();
    expect(bot.received).toHaveLength(1);
  });
});

it('is asked for no packed answer, which nobody would unpack', async () => {
  const asked: unknown[] = [];
  bot.script.connectorAnswers = (response, request) => {
    asked.push(request.headers['accept-encoding']);
    json(response, 200, { id: 'sent-1' });
  };
  bot.script.logic = async (context) => void (await context.sendActivity('hi'));
  await bot.post(bot.activity());
  expect(asked).toEqual(['identity']);
});

describe('a connector that hangs', () => {
  // Without the turn's limit a request has 5 s: more than this test.
  it('costs the turn no more than its time, and a word about it can still be sent', async () => {
    const failures: unknown[] = [];
    bot.script.connectorAnswers = (response) => {
      if (bot.received.length > 1) json(response, 200, { id: 'sent-2' });
    };
    const admitted = await createAdmission(localConfig).admit({}, bot.activity());
    await runInScope(50, () =>
      bot.adapter.run(admitted, admitted.activity, async (context) => {
        failures.push(await context.sendActivity('hi').catch((error: unknown) => error));
        await context.sendActivity('That took too long.');
      }),
    );
    expect(failures).toMatchObject([{ name: 'ConnectorError', code: 'Timeout' }]);
    expect(bot.received.map(({ body }) => body.text)).toEqual(['hi', 'That took too long.']);
  }, 3_000);
});
