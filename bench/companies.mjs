// Companies to measure with: the sample company with more people and seats.
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, root } from './processes.mjs';

/** @returns a company file of so many benefits admins, and so many others */
export function companyOf({ admins, users }) {
  const sample = JSON.parse(readFileSync(join(root, 'samples/contoso.json'), 'utf8'));
  const person = (kind, n, roles) => ({
    id: `${kind}-${n}`,
    displayName: `${kind === 'admin' ? 'Admin' : 'User'} ${n}`,
    email: `${kind}.${n}@contoso.com`,
    roles,
  });
  return {
    ...sample,
    benefits: sample.benefits.map((benefit) => (benefit.seats ? { ...benefit, seats: 1_000_000 } : benefit)),
    users: [
      ...Array.from({ length: admins }, (_, n) => person('admin', n, ['benefitsAdmin'])),
      ...Array.from({ length: users }, (_, n) => person('user', n, [])),
    ],
  };
}

/** Loads it as an operator does. */
export async function importCompany(company, tenantId, connectionString) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const file = join(folder, 'company.json');
  writeFileSync(file, JSON.stringify(company));
  const args = [join(root, 'dist/scripts/admin.js'), 'import', '--tenant', tenantId, file];
  const importing = await start(
    args,
    { BOT_MODE: 'local', STORAGE_CONNECTION_STRING: connectionString },
    /./,
    folder,
  );
  await importing.ended;
  await rm(folder, { recursive: true });
}
