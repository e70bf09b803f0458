import type { Browser, Locator, Page } from 'playwright-core';

const WITHIN_MS = 10_000;

/** One person's window of Agents Playground: says, presses, sees. */
export class PlaygroundWindow {
  /** What the bot had shown before the person last typed is old. */
  private old = 0;

  private constructor(private readonly page: Page) {}

  static async open(browser: Browser, port: number): Promise<PlaygroundWindow> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
    page.setDefaultTimeout(WITHIN_MS);
    // 5 MB of script, several seconds' work on a busy machine.
    await page.goto(`http://127.0.0.1:${port}`, { timeout: 60_000 });
    const window = new PlaygroundWindow(page);
    await window.composer.waitFor({ timeout: 60_000 });
    return window;
  }

  /** Types a message and sends it. Returns when the bot has taken it. */
  async says(text: string): Promise<void> {
    this.old = await this.bubbles.count();
    await this.composer.click();
    await this.page.keyboard.insertText(text);
    const sent = this.page.waitForResponse((response) =>
      /\/_conversation\/.*\/messages$/.test(response.url()),
    );
    await this.page.getByRole('button', { name: 'Send Message' }).click();
    await sent;
  }

  /**
   * Presses a button of the newest card, by its label, and waits for the bot's answer to it. A button that asks the
   * bot nothing (a missing input is marked, a part is unfolded) just has been pressed.
   */
  async presses(label: string): Promise<void> {
    return this.press(this.newestCard.getByRole('button', { name: label, exact: true }), label);
  }

  /** The same, by the form of its label: a day stands in it, for example. */
  async pressesOneOf(labels: RegExp): Promise<void> {
    return this.press(this.newestCard.getByRole('button', { name: labels }), String(labels));
  }

  private async press(button: Locator, label: string): Promise<void> {
    await this.or(button.waitFor(), `There is no button "${label}"`);
    const lineBefore = await this.lineBelow.isVisible();
    const asked = this.page
      .waitForRequest((request) => /\/_conversation\/v1\/(invoke|submit)$/.test(request.url()), {
        timeout: 1_000,
      })
      .catch(() => undefined);
    await button.click();
    const response = await (await asked)?.response();
    if (!response) return;
    if (!response.ok()) throw new Error(`The bot could not answer "${label}": ${await response.text()}`);
    if (response.url().endsWith('/invoke')) await this.drawnAnew(lineBefore);
  }

  /** Fills in a text, number or date of the newest card, by its label. */
  async types(label: string, text: string): Promise<void> {
    await this.or(this.input(label).fill(text), `Can't type into "${label}"`);
  }

  /** Picks an option of the newest card: of a list (compact or filtered), of radio buttons or of check boxes. */
  async picks(label: string, option: string): Promise<void> {
    const list = this.newestCard.getByRole('combobox', { name: label, exact: true });
    await this.newestCard.waitFor();
    if ((await list.count()) === 0) {
      const choice = this.newestCard.locator('label').getByText(option, { exact: true });
      return this.or(choice.click(), `"${label}" doesn't offer "${option}"`);
    }
    await list.click();
    await list.fill(option);
    await this.or(
      this.page.getByRole('option', { name: option, exact: true }).click(),
      `"${label}" doesn't offer "${option}"`,
    );
  }

  /** Waits until the bot shows this text, in answer to what the person last typed or unasked since then. */
  async sees(text: string): Promise<void> {
    const wanted = oneLine(text);
    const late = Date.now() + WITHIN_MS;
    while (!oneLine(await this.shown()).includes(wanted)) {
      if (Date.now() > late) throw new Error(`"${text}" is not to be seen. ${await this.whatIsSeen()}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** A picture of the newest card. */
  async screenshot(path: string): Promise<void> {
    await this.newestCard.screenshot({ path });
  }

  private get composer(): Locator {
    return this.page.locator('div[role=textbox][contenteditable=true]');
  }

  /** What the bot said: cards and texts. */
  private get bubbles(): Locator {
    return this.page.locator('.fai-OutputCard');
  }

  private get newestCard(): Locator {
    return this.bubbles.filter({ has: this.page.locator('.ac-adaptiveCard') }).last();
  }

  private input(label: string): Locator {
    // Playground puts an asterisk behind the label of what is required.
    const name = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*\\*?$`);
    return this.newestCard.getByLabel(name);
  }

  /** Below a card whose button was pressed, Playground writes a line: the bot's words, or only that it was sent. */
  private get lineBelow(): Locator {
    return this.newestCard.getByRole('button', { name: 'Dismiss Invoke Message' });
  }

  /**
   * An answer draws the card anew (or the one that replaces it), then once more with the line, and what is typed
   * before that is lost. A line that says nothing is taken away, so that the next one is noticed.
   */
  private async drawnAnew(lineBefore: boolean): Promise<void> {
    if (lineBefore) {
      await this.page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
      );
    }
    // A message that the bot also updates is drawn without the line.
    await this.lineBelow.waitFor({ timeout: 2_000 }).catch(() => undefined);
    if (await this.newestCard.getByText('Your response was sent to the app').isVisible()) {
      // The message may be drawn anew at this very moment, and the line be gone with it.
      await this.lineBelow.click({ timeout: 2_000 }).catch(() => undefined);
      await this.lineBelow.waitFor({ state: 'hidden' });
    }
  }

  /** The bot's new cards and texts with what is in their inputs, in one look: they may be drawn anew meanwhile. */
  private shown(): Promise<string> {
    return this.bubbles.evaluateAll(
      (bubbles, old) =>
        bubbles
          .slice(old)
          .flatMap((bubble) => [
            bubble.innerText,
            ...[...bubble.querySelectorAll('input:not([type=radio], [type=checkbox]), textarea')].map(
              (input) => input.value,
            ),
          ])
          .join('\n'),
      this.old,
    );
  }

  private async whatIsSeen(): Promise<string> {
    const lines = (await this.shown()).split('\n').filter((line) => line.trim());
    return `What the bot shows:\n${lines.map((line) => `  ${line}`).join('\n') || '  nothing'}`;
  }

  private async or<T>(done: Promise<T>, otherwise: string): Promise<T> {
    try {
      return await done;
    } catch (cause) {
      throw new Error(`${otherwise}. ${await this.whatIsSeen()}`, { cause });
    }
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
