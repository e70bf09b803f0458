import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type Attributes, type Meter, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { Telemetry } from './telemetry';
import type { TelemetryConfig } from './telemetrySettings';

/** In seconds. A turn has 8 of them, and Teams waits for 10. */
const DURATIONS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 5, 8, 10];
const STORAGE_CALLS = [0, 1, 2, 3, 4, 6, 8, 12, 20, 50];
const LOOP_RESOLUTION_MS = 20;
const TRACES_EVERY_MS = 1_000;
/** Who stops the bot doesn't wait for long, and what is lost here is no work. */
const LAST_TRACES_MS = 400;

/**
 * Telemetry by OpenTelemetry, which is met in this file only: it is loaded when the settings ask for it, and nothing
 * of it is registered for the process.
 */
export function startTelemetry({ traces }: TelemetryConfig, log: Logger): Telemetry {
  const reader = new PulledReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('partner-benefits');
  const serializer = new PrometheusSerializer('partner_benefits', false, undefined, true, true);
  const counters = countersOf(meter);
  const tracing = traces ? startTracing(log) : undefined;
  observeProcess(meter);
  return {
    turn({ route, outcome, refused, ms, storageCalls }) {
      counters.turns.add(1, { route, outcome });
      counters.durations.record(ms / 1000, { route });
      counters.storageCalls.record(storageCalls, { route });
      const about = { route, outcome, refused, 'storage.calls': storageCalls };
      tracing?.span(`turn ${route}`, SpanKind.SERVER, ms, about, outcome === 'fault');
    },
    refused: (reason) => counters.refused.add(1, { reason }),
    activation: (status) => counters.activations.add(1, { status: String(status) }),
    notice({ channel, key, outcome, ms }) {
      counters.notices.add(1, { channel, outcome });
      const isFault = outcome === 'failed' || outcome === 'fault';
      tracing?.span(`notice ${key}`, SpanKind.PRODUCER, ms, { channel, key, outcome }, isFault);
    },
    observe(state) {
      gauge(meter, 'worker_places', 'Companies whose work this process is at.', () => state().places);
      const oldest = 'Age of the oldest notice that waits, when this process last looked.';
      gauge(meter, 'outbox_oldest_seconds', oldest, () => state().oldestMs / 1000);
      const parked = 'Notices that were given up, when this process last looked.';
      gauge(meter, 'outbox_parked', parked, () => state().parked);
    },
    metrics: async () => serializer.serialize((await reader.collect()).resourceMetrics),
    stop: async () => tracing?.stop(),
  };
}

/** It waits to be asked. */
class PulledReader extends MetricReader {
  protected override onForceFlush = () => Promise.resolve();
  protected override onShutdown = () => Promise.resolve();
}

/** The names get `partner_benefits_` before them, those of counters `_total` behind. */
const countersOf = (meter: Meter) => ({
  turns: meter.createCounter('turns', { description: 'Turns, by what was asked for and how it ended.' }),
  durations: meter.createHistogram('turn_duration_seconds', {
    description: 'How long a turn took.',
    advice: { explicitBucketBoundaries: DURATIONS },
  }),
  storageCalls: meter.createHistogram('turn_storage_calls', {
    description: 'Requests to storage in a turn.',
    advice: { explicitBucketBoundaries: STORAGE_CALLS },
  }),
  refused: meter.createCounter('requests_refused', {
    description: 'Requests to /api/messages that were answered with an error.',
  }),
  activations: meter.createCounter('activations', {
    description: 'Requests to /api/activations, by the status of the answer.',
  }),
  notices: meter.createCounter('notices', { description: 'Tries to send a notice, by how they ended.' }),
});

function observeProcess(meter: Meter): void {
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  const delay = 'How late the event loop was in 1 % of the cases, since it was last asked.';
  gauge(meter, 'event_loop_delay_seconds', delay, () => {
    const late = loop.percentile(99) / 1e9 - LOOP_RESOLUTION_MS / 1000; // what it records has the wait itself in it
    loop.reset();
    return Math.max(0, late);
  });
  gauge(meter, 'memory_resident_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  gauge(meter, 'memory_heap_bytes', 'Memory that JavaScript uses.', () => process.memoryUsage().heapUsed);
}

function gauge(meter: Meter, name: string, description: string, read: () => number): void {
  meter.createObservableGauge(name, { description }).addCallback((result) => result.observe(read()));
}

function startTracing(log: Logger) {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'partner-benefits' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: saysWhenItFails(log), scheduledDelayMillis: TRACES_EVERY_MS }),
    ],
  });
  const tracer = provider.getTracer('partner-benefits');
  return {
    /** Of something that has just ended. */
    span(name: string, kind: SpanKind, ms: number, attributes: Attributes, isFault: boolean): void {
      const ended = Date.now();
      const span = tracer.startSpan(name, { kind, attributes, startTime: ended - ms, root: true });
      if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(ended);
    },
    stop: () => Promise.race([provider.shutdown(), wait(LAST_TRACES_MS)]),
  };
}

/** OpenTelemetry would keep it for itself. */
function saysWhenItFails(log: Logger): SpanExporter {
  const exporter = new OTLPTraceExporter();
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error) log.warn({ err: result.error, spans: spans.length }, 'traces could not be sent');
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}
