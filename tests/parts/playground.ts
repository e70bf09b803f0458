import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importSample, startAzurite, startBot, startPlayground, stopAll } from '../../scripts/pieces';
import { openChromium } from './browser';
import { PlaygroundWindow } from './playgroundWindow';

/** Set to a folder, browser tests leave their pictures there: `PICTURES=docs/pictures npm test -- browser`. */
const pictures = process.env.PICTURES;

/** Everything that `npm start` runs, with its two windows in a browser. */
export async function openPlayground() {
  const folder = mkdtempSync(join(tmpdir(), 'partner-benefits-'));
  const log = (name: string) => join(folder, `${name}.log`);
  const storage = await startAzurite({ port: 0, log: log('azurite') });
  await importSample({ storage: storage.connectionString, log: log('import'), folder });
  const bot = await startBot({ port: 0, storage: storage.connectionString, log: log('bot'), folder });
  const browser = await openChromium();
  const window = async (who: string) => {
    const config = `samples/playground-${who}.yml`;
    const { port } = await startPlayground({ config, port: 0, botPort: bot.port, log: log(who) });
    return PlaygroundWindow.open(browser, port);
  };
  return {
    /** Its logs, and the bot's `.data`. */
    folder,
    admin: await window('admin'),
    employee: await window('employee'),
    async close(): Promise<void> {
      await browser.close();
      await stopAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Playground = Awaited<ReturnType<typeof openPlayground>>;

export async function picture(window: PlaygroundWindow, name: string): Promise<void> {
  if (pictures) await window.screenshot(join(pictures, `${name}.png`));
}
