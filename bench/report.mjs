// docs/performance.md: what was measured last stands between two marks, what is said of it around them.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from './processes.mjs';

const FILE = join(root, 'docs/performance.md');
const [BEGIN, END] = ['<!-- measured: npm run bench writes this -->', '<!-- end of what was measured -->'];

export async function writeReport(found) {
  const text = await readFile(FILE, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest.split(END);
  const figures = measured(found);
  console.log(figures);
  await writeFile(FILE, `${before}${BEGIN}\n\n${figures}\n\n${END}${after}`);
  execFileSync(process.execPath, [join(root, 'node_modules/prettier/bin/prettier.cjs'), '--write', FILE]);
}

function measured({
  turns: { turns },
  throughput: { throughput },
  scale,
  lifetime,
  notices: { notices },
  bulk: { bulk },
}) {
  const c2 = c2Of(turns);
  return [
    machine(),
    '### What a turn costs',
    table(
      ['turn', 'CPU ms', 'of (c2)', 'p50 ms', 'p95 ms'],
      Object.entries(turns).map(([name, { cpuPerTurn, p50, p95 }]) => [
        name,
        fixed(cpuPerTurn, 2),
        fixed(cpuPerTurn / c2, 2),
        fixed(p50, 1),
        fixed(p95, 1),
      ]),
    ),
    `(c2) is the mean of its message and its press: ${fixed(c2, 2)} ms. ${count(turns)} turns of each, eight at once; p50 and p95 are of eight at once, too, on one core.`,
    '### Throughput, 64 at once',
    table(
      ['turn', 'a second', "of (c2)'s press"],
      Object.entries(throughput).map(([name, { perSecond }]) => [
        name,
        fixed(perSecond, 0),
        fixed(perSecond / perSecondOf(throughput), 2),
      ]),
    ),
    '### *Assign user*, one press after another',
    table(
      ['storage', 'its round trip ms', 'p50 ms', 'p95 ms', 'of four round trips'],
      scale.commits.map(({ of, roundTrip, p50, p95, ratio }) => [
        `${of} ms`,
        fixed(roundTrip, 1),
        fixed(p50, 1),
        fixed(p95, 1),
        fixed(ratio, 2),
      ]),
    ),
    '### `my benefits`, storage at 10 ms',
    table(
      ['assignments in the company', 'requests', 'rows', 'p50 ms', 'p95 ms'],
      scale.mine.map((one) => [
        number(one.assignments),
        one.requests,
        one.rows,
        fixed(one.p50, 1),
        fixed(one.p95, 1),
      ]),
    ),
    '### Typeahead over 100,000 users, storage at 10 ms',
    table(
      ['typed', 'found', 'requests', 'rows', 'p50 ms', 'p95 ms'],
      scale.typeahead.map((one) => [
        `\`${one.typed}\``,
        one.found,
        one.requests,
        one.rows,
        fixed(one.p50, 1),
        fixed(one.p95, 1),
      ]),
    ),
    '### Start and memory',
    table(
      ['', 'floor (c)', 'the bot', 'ratio'],
      [
        ['ready after ms', ...beside(lifetime.coldStart.floor, lifetime.coldStart.bot, 0)],
        ...['idle', 'half', 'all'].map((when) => [
          { idle: 'MB idle', half: 'MB, 40,000 to 50,000 turns', all: 'MB, 90,000 to 100,000 turns' }[when],
          ...beside(lifetime.memory.floor[when], lifetime.memory.bot[when], 0),
        ]),
      ],
    ),
    '### Notices: 10,000 for 400 companies',
    table(
      ['a second', 'came twice', 'CPU ms each', 'MB before', 'MB, first half', 'MB, second half'],
      [
        [
          fixed(notices.perSecond, 0),
          notices.again,
          fixed(notices.cpuEach, 2),
          ...['before', 'first', 'second'].map((when) => fixed(notices.memory[when], 0)),
        ],
      ],
    ),
    '### A list of 1,000 assignments of one benefit',
    table(
      ['storage', 'looked through after ms', 'requests', 'assigned after ms', 'transactions until then'],
      bulk.map(({ of, lookMs, lookRequests, assignMs, transactions }) => [
        `${of} ms`,
        fixed(lookMs, 0),
        number(lookRequests),
        fixed(assignMs, 0),
        transactions,
      ]),
    ),
  ].join('\n\n');
}

function machine() {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, Node ${process.versions.node}, ${cpus().length} cores of ${model.trim()}, ${memory} GB, ${process.platform}.`;
}

export const c2Of = (turns) => (turns['c2 message'].cpuPerTurn + turns['c2 press'].cpuPerTurn) / 2;
const perSecondOf = (turns) => turns['c2 press'].perSecond;
const count = (turns) => number(turns['c2 press'].count);
const fixed = (value, digits) => value.toFixed(digits);
const number = (value) => value.toLocaleString('en');
const beside = (floor, bot, digits) => [fixed(floor, digits), fixed(bot, digits), fixed(bot / floor, 2)];

function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
