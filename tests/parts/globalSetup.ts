import { startAzurite, type Azurite } from './azurite';

declare global {
  var azuriteOfThisRun: Azurite | undefined;
}

/** Starts the one Azurite of a test run; its connection string is in TEST_STORAGE for every test file. */
export default async function globalSetup(): Promise<void> {
  globalThis.azuriteOfThisRun = await startAzurite();
  process.env.TEST_STORAGE = globalThis.azuriteOfThisRun.connectionString;
}
