import { runInScope, turnScope } from '../../bot/turnScope';

it('shares one time limit and one count among all that runs in it', async () => {
  await runInScope(60_000, async () => {
    const signal = turnScope.signal();
    turnScope.onRequest();
    await Promise.resolve();
    turnScope.onRequest();
    expect(turnScope.signal()).toBe(signal);
    expect(turnScope.requests()).toBe(2);
  });
  expect(turnScope.requests()).toBe(0);
});

it('aborts when the time is used up', async () => {
  const reason = await runInScope(1, async () => {
    const signal = turnScope.signal();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return signal.reason as unknown;
  });
  expect(reason).toMatchObject({ name: 'TimeoutError' });
});

it('gives what outlives the scope a limit of its own', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { signal, left } = await runInScope(60_000, async () => ({
    signal: turnScope.signal(),
    left: released.then(() => turnScope.signal()),
  }));
  release();
  expect(await left).not.toBe(signal);
});
