import { startTableService } from './processes.mjs';
import { startTeams } from './teams.mjs';
import { turns } from './turns.mjs';

const service = await startTableService();
const teams = await startTeams();
console.table(await turns(service, teams, { rounds: Number(process.env.ROUNDS ?? 5) }));
await service.end();
teams.close();
