import { listen } from '../../bot/server';
import { afterAnswer } from '../../bot/teamsAdapter';
import { localConfig, startBotWithConnector, type BotWithConnector } from './botWithConnector';
import { startBot } from './runningBot';

let bot: BotWithConnector;

beforeEach(async () => {
  bot = await startBotWithConnector();
});

afterEach(() => bot.close());

describe('a turn', () => {
  it('sends through the connector, and answers with nothing', async () => {
    const sent: unknown[] = [];
    bot.script.logic = async (context) => {
      sent.push(await context.sendActivity(`You said ${context.activity.text}`));
    };
    expect(await bot.post(bot.activity())).toEqual({ status: 200, text: '' });
    expect(bot.received).toMatchObject([
      {
        method: 'POST',
        path: '/_connector/v3/conversations/chat/activities/in-1',
        body: { text: 'You said hello' },
      },
    ]);
    expect(sent).toEqual([{ id: 'sent-1' }]);
  });

  it('answers an invoke in the HTTP response', async () => {
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Assigné' };
    bot.script.logic = async (context) => {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    };
    const answer = await bot.post(bot.activity({ type: 'invoke', name: 'adaptiveCard/action' }));
    expect(answer).toEqual({ status: 200, text: JSON.stringify(body) });
    expect(bot.received).toEqual([]);
  });

  it('sees the dates of the activity as dates', async () => {
    let seen: unknown;
    bot.script.logic = async (context) => {
      seen = context.activity.timestamp;
    };
    await bot.post(bot.activity());
    expect(seen).toEqual(new Date('2025-06-02T12:00:00.000Z'));
  });

  it('that fails is answered with 500 and nothing, and logged', async () => {
    bot.script.logic = () => Promise.reject(new Error('the benefits are gone'));
    expect(await bot.post(bot.activity())).toEqual({ status: 500, text: '' });
    expect(bot.logged.join()).toContain('the benefits are gone');
  });
});

describe('what is left for after the answer', () => {
  it('runs when the answer is out, with a context that still works', async () => {
    const answered = signal();
    const updated = signal();
    bot.script.logic = async (context) => {
      afterAnswer(context, async (lasting) => {
        await answered.given;
        await lasting.updateActivity({ id: 'card-1', type: 'message', text: 'closed' });
        updated.give();
      });
    };
    expect((await bot.post(bot.activity())).status).toBe(200);
    expect(bot.received).toEqual([]);
    answered.give();
    await updated.given;
    expect(bot.received).toMatchObject([{ method: 'PUT', body: { text: 'closed' } }]);
  });

  it('goes on after a task that failed', async () => {
    const done = signal();
    bot.script.logic = async (context) => {
      afterAnswer(context, () => Promise.reject(new Error('no update')));
      afterAnswer(context, async () => done.give());
    };
    expect((await bot.post(bot.activity())).status).toBe(200);
    await done.given;
    expect(bot.logged.join()).toContain('no update');
  });

  it('is dropped when the turn fails', async () => {
    let ran = false;
    bot.script.logic = async (context) => {
      afterAnswer(context, async () => {
        ran = true;
      });
      throw new Error('too late');
    };
    expect((await bot.post(bot.activity())).status).toBe(500);
    expect(ran).toBe(false);
  });
});

describe('in local mode', () => {
  it('only this machine can be the serviceUrl', async () => {
    bot.script.logic = () => Promise.reject(new Error('a turn ran'));
    for (const serviceUrl of [
      'https://smba.trafficmanager.net/',
      'http://169.254.169.254/',
      'file:///etc',
      '',
    ]) {
      expect(await bot.post(bot.activity({ serviceUrl }))).toEqual({ status: 403, text: '' });
    }
  });

  it('only this machine can reach the bot', () => {
    expect(bot.server.address().address).toBe('127.0.0.1');
  });
});

describe('the server', () => {
  it('is alive', async () => {
    expect(await bot.get('/healthz')).toEqual({ status: 200, text: '{"status":"ok"}' });
  });

  it('is ready when it can work', async () => {
    expect((await bot.get('/readyz')).status).toBe(200);
    bot.script.isReady = async () => false;
    expect((await bot.get('/readyz')).status).toBe(503);
    bot.script.isReady = () => Promise.reject(new Error('no storage'));
    expect((await bot.get('/readyz')).status).toBe(503);
  });

  it('says so when its port is taken', async () => {
    const { port } = bot.server.address();
    const second = await startBot({ config: localConfig, logic: async () => {} });
    await second.close();
    await expect(listen(second.server, { mode: 'local', port })).rejects.toThrow(`Port ${port} is in use`);
  });
});

/** Something that one side waits for and the other gives. */
function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give: () => give(), given };
}
