// A table service on loopback, in memory, for what Azurite can't show: each answer comes after a settable delay, and
// what was asked is counted. It takes of the protocol what @azure/data-tables sends for this bot, and no more.
//
//   node bench/tableService.mjs   prints its address
//   POST /bench/delay/10          from now on each answer takes 10 ms
//   POST /bench/fill/Ledger       takes rows, one JSON array [partitionKey, rowKey, data] a line
//   GET  /bench/counts            { requests, transactions, rows } since it was last asked; `rows` are rows read
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

const MOST_ON_A_PAGE = 1_000;
/** By name, then by partition. */
const tables = new Map();
/** What the bot looks for once a second, whoever asks it for anything, is not counted. */
const UNASKED = /\/Work\b/;
let delay = 0;
let counts = noCounts();
let etags = 0;

/** Rows of one partition, in the order of their keys. */
class Partition {
  keys = [];
  rows = new Map();
  isSorted = true;

  /** Where a key stands, or would. */
  at(rowKey) {
    if (!this.isSorted) this.keys.sort((one, other) => (one < other ? -1 : 1));
    this.isSorted = true;
    let [low, high] = [0, this.keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.keys[middle] < rowKey) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  put(rowKey, row) {
    if (!this.rows.has(rowKey)) this.keys.splice(this.at(rowKey), 0, rowKey);
    this.rows.set(rowKey, row);
  }

  /** For a great many, in any order. */
  fill(rowKey, row) {
    this.isSorted = false;
    this.keys.push(rowKey);
    this.rows.set(rowKey, row);
  }

  delete(rowKey) {
    this.keys.splice(this.at(rowKey), 1);
    this.rows.delete(rowKey);
  }
}

class ServiceError extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
  }
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname.startsWith('/bench/')) return control(url.pathname.split('/').slice(2), request, response);
  const body = await text(request);
  if (!UNASKED.test(url.pathname)) counts.requests += 1;
  if (delay > 0) await wait(delay);
  try {
    const { status, headers = {}, value } = serve(request, url, body);
    const json = typeof value === 'object' ? JSON.stringify(value) : (value ?? '');
    response.writeHead(status, { 'content-type': 'application/json;odata=minimalmetadata', ...headers });
    response.end(json);
  } catch (error) {
    response.writeHead(error.status ?? 500, { 'content-type': 'application/json' });
    response.end(JSON.stringify(errorBody(error.message)));
  }
});

async function control([what, value], request, response) {
  let answer = {};
  if (what === 'delay') delay = Number(value);
  if (what === 'counts') [answer, counts] = [counts, noCounts()];
  if (what === 'fill') {
    for await (const line of createInterface({ input: request })) {
      const [partitionKey, rowKey, data] = JSON.parse(line);
      partition(value, partitionKey).fill(rowKey, { data, etag: 'W/"0"' });
    }
  }
  response.end(JSON.stringify(answer));
}

function serve(request, url, body) {
  const path = decodeURIComponent(url.pathname).replace(/^\/devstoreaccount1\//, '');
  if (path === '$batch') return transaction(body);
  if (path === 'Tables') return { status: 409, value: errorBody('TableAlreadyExists') };
  const [, table, rawKeys] = /^(\w+)(?:\((.*)\))?$/.exec(path);
  if (request.method === 'GET' && !rawKeys) return query(table, url.searchParams);
  if (request.method === 'GET') return get(table, ...keysIn(rawKeys));
  const etag = write(request.method, table, rawKeys, request.headers['if-match'], body);
  return { status: 204, headers: etag ? { etag } : {} };
}

function get(table, partitionKey, rowKey) {
  const row = partition(table, partitionKey).rows.get(rowKey);
  if (!row) throw new ServiceError(404, 'ResourceNotFound');
  if (table !== 'Work') counts.rows += 1;
  return { status: 200, headers: { etag: row.etag }, value: entity(partitionKey, rowKey, row) };
}

function query(table, parameters) {
  const conditions = conditionsIn(parameters.get('$filter') ?? '');
  const partitionKey = conditions.find(({ field, is }) => field === 'PartitionKey' && is === 'eq')?.value;
  const found = partition(table, partitionKey ?? '');
  const from = conditions.find(({ field, is }) => field === 'RowKey' && is === 'ge')?.value ?? '';
  const columns = parameters.get('$select')?.split(',');
  const limit = Math.min(Number(parameters.get('$top') ?? MOST_ON_A_PAGE), MOST_ON_A_PAGE);
  const value = [];
  for (let at = found.at(parameters.get('NextRowKey') ?? from); at < found.keys.length; at++) {
    const rowKey = found.keys[at];
    const row = entity(partitionKey, rowKey, found.rows.get(rowKey));
    const isPast = conditions.some(
      ({ field, is, value }) => field === 'RowKey' && is === 'lt' && rowKey >= value,
    );
    if (isPast) break;
    if (!conditions.every((condition) => holds(condition, row))) continue;
    if (value.length === limit) {
      const next = {
        'x-ms-continuation-NextPartitionKey': partitionKey,
        'x-ms-continuation-NextRowKey': rowKey,
      };
      return answered(value, next);
    }
    value.push(columns ? chosen(row, columns) : row);
  }
  return answered(value, {});
}

function answered(value, headers) {
  counts.rows += value.length;
  return { status: 200, headers, value: { value } };
}

function conditionsIn(filter) {
  const pattern = /(\w+) (eq|ne|ge|gt|le|lt) (?:datetime)?(?:'((?:[^']|'')*)'|([\w.-]+))/g;
  return [...filter.matchAll(pattern)].map(([, field, is, quoted, plain]) => ({
    field,
    is,
    value: quoted?.replaceAll("''", "'") ?? plain,
  }));
}

function holds({ field, is, value }, row) {
  const own = row[field];
  if (own === undefined) return false;
  if (is === 'eq') return own === value;
  if (is === 'ne') return own !== value;
  if (is === 'ge') return own >= value;
  if (is === 'gt') return own > value;
  return is === 'le' ? own <= value : own < value;
}

/** All of it, or none. */
function transaction(body) {
  counts.transactions += 1;
  const parts = body.split(/^(?=(?:POST|PUT|PATCH|MERGE|DELETE) http)/m).slice(1);
  const undo = [];
  const answers = [];
  for (const [index, part] of parts.entries()) {
    const [, method, address] = /^(\w+) (\S+)/.exec(part);
    const path = decodeURIComponent(new URL(address).pathname).replace(/^\/devstoreaccount1\//, '');
    const [, table, rawKeys] = /^(\w+)(?:\((.*)\))?$/.exec(path);
    const ifMatch = /^if-match: (.*?)\r?$/im.exec(part)?.[1];
    const json = /^\{.*\}/m.exec(part)?.[0] ?? '{}';
    try {
      const etag = write(method, table, rawKeys, ifMatch, json, undo);
      answers.push(`HTTP/1.1 204 No Content\r\n${etag ? `ETag: ${etag}\r\n` : ''}\r\n`);
    } catch (error) {
      for (const step of undo.reverse()) step();
      const said = JSON.stringify(errorBody(error.message, index));
      return multipart([`HTTP/1.1 ${error.status} Refused\r\n\r\n${said}\r\n`]);
    }
  }
  return multipart(answers);
}

function multipart(answers) {
  const part = (answer) =>
    `--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n${answer}`;
  const value = `--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n${answers
    .map(part)
    .join('')}--changesetresponse_1--\r\n--batchresponse_1--\r\n`;
  return { status: 202, headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_1' }, value };
}

/** @returns the ETag of the row that is there now */
function write(method, table, rawKeys, ifMatch, body, undo = []) {
  const { PartitionKey, RowKey, ...data } = JSON.parse(body || '{}');
  const [partitionKey, rowKey] = rawKeys ? keysIn(rawKeys) : [PartitionKey, RowKey];
  const of = partition(table, partitionKey);
  const before = of.rows.get(rowKey);
  if (method === 'POST' && before) throw new ServiceError(409, 'EntityAlreadyExists');
  if (ifMatch && !before) throw new ServiceError(404, 'ResourceNotFound');
  if (ifMatch && ifMatch !== '*' && ifMatch !== before.etag)
    throw new ServiceError(412, 'UpdateConditionNotSatisfied');
  undo.push(() => (before ? of.put(rowKey, before) : of.rows.has(rowKey) && of.delete(rowKey)));
  if (method === 'DELETE') return void of.delete(rowKey);
  const isMerge = method === 'PATCH' || method === 'MERGE';
  const etag = `W/"${++etags}"`;
  of.put(rowKey, { data: isMerge ? { ...before?.data, ...data } : data, etag });
  return etag;
}

function partition(table, partitionKey) {
  const partitions = tables.get(table) ?? new Map();
  tables.set(table, partitions);
  const found = partitions.get(partitionKey) ?? new Partition();
  partitions.set(partitionKey, found);
  return found;
}

function keysIn(raw) {
  const [, partitionKey, rowKey] = /^PartitionKey='(.*)',RowKey='(.*)'$/.exec(raw);
  return [partitionKey, rowKey].map((key) => key.replaceAll("''", "'"));
}

const WRITTEN = '2026-01-01T00:00:00.0000000Z';
const entity = (PartitionKey, RowKey, { data, etag }) => ({
  'odata.etag': etag,
  PartitionKey,
  RowKey,
  Timestamp: WRITTEN,
  ...data,
});

const chosen = (row, columns) =>
  Object.fromEntries(
    ['odata.etag', ...columns].filter((name) => name in row).map((name) => [name, row[name]]),
  );

function errorBody(code, index = 0) {
  return { 'odata.error': { code, message: { lang: 'en-US', value: `${index}:${code}` } } };
}

function noCounts() {
  return { requests: 0, transactions: 0, rows: 0 };
}

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume().once('end', () => process.exit());
