import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

/** Opens a gallery of cards as the file that it is. */
export async function openGallery(browser: Browser, html: string): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'partner-benefits-'));
  const file = join(folder, 'index.html');
  writeFileSync(file, html);
  const page = await browser.newPage({ viewport: { width: 1150, height: 900 } });
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(pathToFileURL(file).href);
  rmSync(folder, { recursive: true });
  expect(errors).toEqual([]);
  return page;
}

/** Ticks these boxes, and no others. */
export async function show(page: Page, options: readonly string[]): Promise<void> {
  for (const box of await page.locator('#show input').all()) {
    const option = (await box.getAttribute('id'))?.replace('show-', '') ?? '';
    await box.setChecked(options.includes(option));
  }
}
