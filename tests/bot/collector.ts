import { text } from 'node:stream/consumers';
import { onLoopback } from './loopback';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}

interface Span {
  readonly name: string;
  readonly kind: number;
  readonly status: object;
  readonly attributes: readonly Attribute[];
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** An OpenTelemetry collector on this machine, which keeps the traces that it is sent. */
export async function startCollector() {
  const bodies: string[] = [];
  const { url, close } = await onLoopback((request, response) => {
    void text(request).then((body) => {
      if (request.method === 'POST' && request.url === '/v1/traces') bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{}');
    });
  });
  const sent = () => bodies.flatMap((body) => (JSON.parse(body) as Traces).resourceSpans);
  return {
    url,
    close,
    bodies,
    get spans() {
      const spans = sent().flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
      return spans.map(({ attributes, ...span }) => ({ ...span, about: valuesOf(attributes) }));
    },
    /** The names of the services that they are from. */
    get services() {
      return new Set(sent().map(({ resource }) => valuesOf(resource.attributes)['service.name']));
    },
  };
}

export type Collector = Awaited<ReturnType<typeof startCollector>>;

const valuesOf = (attributes: readonly Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
