import {
  createHttpHeaders,
  createPipelineRequest,
  decompressResponsePolicyName,
  formDataPolicyName,
  type HttpMethods,
  multipartPolicyName,
  type Pipeline,
  type PipelineResponse,
  proxyPolicyName,
  tracingPolicyName,
} from '@azure/core-rest-pipeline';
import { RestError, type TableClient, type TransactionAction } from '@azure/data-tables';
import type { CallScope } from './callScope';
import { httpClient } from './httpClient';
import { isAbsent } from './serviceError';

/** An entity's columns as the service's JSON has them: binary in base64, times as text. */
export type Entity<Columns> = Columns & { readonly RowKey: string; readonly 'odata.etag': string };

export interface Key {
  readonly partitionKey: string;
  readonly rowKey: string;
}

export interface Query {
  readonly filter: string;
  readonly select: readonly string[];
  /** The most rows on a page; the service gives 1,000 at most. */
  readonly pageSize?: number;
}

type Parameter = readonly [name: string, value: string];

interface Sending {
  readonly query?: readonly Parameter[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly columns?: object;
}

const HEADERS = {
  accept: 'application/json;odata=minimalmetadata',
  dataserviceversion: '3.0',
  'x-ms-version': '2019-02-02',
};
const CONTINUATION = ['NextPartitionKey', 'NextRowKey'];
const MOST_ON_A_PAGE = 1_000;
/** What is of no use to a request here: compression, forms, parts and a proxy; and spans, which nobody is registered for. */
const LEFT_OUT = [
  decompressResponsePolicyName,
  formDataPolicyName,
  multipartPolicyName,
  proxyPolicyName,
  tracingPolicyName,
];

/**
 * A table whose requests end with the scope's time, and are counted by it.
 *
 * What a turn waits for goes through the client's own pipeline (its sign-in, retries and log) and past what the client
 * makes of requests and answers, which was about a fifth of a step's processor time (docs/performance.md).
 *
 * Throws what the client throws: a `RestError` with the service's code; and what the scope's signal was aborted
 * with.
 */
export class EntityTable {
  private readonly pipeline: Pipeline;
  private readonly url: string;
  /** A shared access signature, if the client has that. */
  private readonly signature: string;

  constructor(
    private readonly client: TableClient,
    private readonly scope: CallScope,
  ) {
    this.pipeline = client.pipeline.clone();
    this.pipeline.removePolicy({ phase: 'Serialize' });
    this.pipeline.removePolicy({ phase: 'Deserialize' });
    for (const name of LEFT_OUT) this.pipeline.removePolicy({ name });
    const { origin, pathname, search } = new URL(client.url);
    this.url = `${origin}${pathname.replace(/\/+$/, '')}/${client.tableName}`;
    this.signature = search.slice(1);
  }

  /** Undefined if there is no such entity; a missing table is an error. */
  async get<Columns>(key: Key): Promise<Entity<Columns> | undefined> {
    try {
      return jsonIn<Entity<Columns>>(await this.send('GET', at(key)));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** Page after page to the last; any of them may be empty. */
  async *pages<Columns>({ filter, select, pageSize = Infinity }: Query) {
    const $top = `${Math.min(pageSize, MOST_ON_A_PAGE)}`;
    const query = Object.entries({ $filter: filter, $select: select.join(), $top });
    let next: Parameter[] = [];
    do {
      const response = await this.send('GET', '()', { query: [...query, ...next] });
      yield jsonIn<{ value: Entity<Columns>[] }>(response).value;
      next = CONTINUATION.flatMap((name): Parameter[] => {
        const value = response.headers.get(`x-ms-continuation-${name}`);
        return value ? [[name, value]] : [];
      });
    } while (next.length > 0);
  }

  /** @returns its ETag */
  async create({ partitionKey, rowKey }: Key, columns: object): Promise<string> {
    const entity = { PartitionKey: partitionKey, RowKey: rowKey, ...columns };
    const headers = { prefer: 'return-no-content' };
    return etagOf(await this.send('POST', '', { headers, columns: entity }));
  }

  /**
   * Replaces an entity whole.
   * @param etag that it must have; without one, whatever is there is replaced
   * @returns its new ETag
   */
  async replace(key: Key, columns: object, etag?: string): Promise<string> {
    return etagOf(await this.send('PUT', at(key), { headers: etag ? { 'if-match': etag } : {}, columns }));
  }

  /** @param etag that it must have; without one, it goes whatever it is */
  async delete({ partitionKey, rowKey }: Key, etag?: string): Promise<void> {
    await this.client.deleteEntity(partitionKey, rowKey, { ...this.call(), ...(etag && { etag }) });
  }

  /** One entity group transaction. */
  async submit(actions: TransactionAction[]): Promise<void> {
    await this.client.submitTransaction(actions, this.call());
  }

  /** Makes the table, if it isn't there. */
  async make(): Promise<void> {
    await this.client.createTable(this.call());
  }

  private async send(
    method: HttpMethods,
    path: string,
    { query = [], headers, columns }: Sending = {},
  ): Promise<PipelineResponse> {
    const parameters = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    if (this.signature) parameters.push(this.signature);
    const request = createPipelineRequest({
      method,
      url: `${this.url}${path}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`,
      headers: createHttpHeaders({
        ...HEADERS,
        ...headers,
        ...(columns && { 'content-type': 'application/json' }),
      }),
      body: columns && JSON.stringify(columns),
      allowInsecureConnection: this.url.startsWith('http:'), // Azurite
      ...this.call(),
    });
    const response = await this.pipeline.sendRequest(httpClient, request);
    if (response.status >= 300) throw errorOf(response);
    return response;
  }

  private call() {
    this.scope.onRequest();
    return { abortSignal: this.scope.signal() };
  }
}

const at = ({ partitionKey, rowKey }: Key): string =>
  `(PartitionKey='${quoted(partitionKey)}',RowKey='${quoted(rowKey)}')`;

const quoted = (key: string): string => encodeURIComponent(key.replaceAll("'", "''"));

const jsonIn = <T>({ bodyAsText }: PipelineResponse): T => JSON.parse(bodyAsText ?? '') as T;

function etagOf({ headers, request }: PipelineResponse): string {
  const etag = headers.get('etag');
  if (etag === undefined) throw new Error(`storage answered a ${request.method} without an ETag`);
  return etag;
}

function errorOf(response: PipelineResponse): RestError {
  const { status: statusCode, request, headers } = response;
  const body = response.bodyAsText || `storage answered ${statusCode}`;
  const { code = headers.get('x-ms-error-code'), message = body } = problemIn(body);
  return new RestError(message, { code, statusCode, request, response });
}

function problemIn(body: string): { code?: string; message?: string } {
  try {
    const { code, message } = JSON.parse(body)['odata.error'];
    return { code, message: message.value };
  } catch {
    return {}; // a refused signature is told in XML, and a proxy has words of its own
  }
}
