import { oneOf, type Rule, secret, type Settings } from './settings';

/** How what the bot does is measured; where there is none, nothing is. */
export interface TelemetryConfig {
  /** What readers of `/metrics` must bring; without it, whoever reaches the bot may read. */
  readonly metricsToken?: string;
  /** Whether traces are sent: where to and how, OpenTelemetry reads from its own settings. */
  readonly traces: boolean;
}

const endpoint: Rule<string> = {
  expects: 'the http or https URL of an OpenTelemetry collector',
  parse: (text) => (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined),
};

/** Reads whether and how the bot is measured. @param isPublic whether others than this machine reach `/metrics` */
export function readTelemetry(settings: Settings, isPublic: boolean): TelemetryConfig | undefined {
  if (settings.optional('TELEMETRY', oneOf(['off', 'on'] as const), 'off') === 'off') return undefined;
  const endpoints = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].map((name) =>
    settings.optional<string | undefined>(name, endpoint, undefined),
  );
  return {
    metricsToken: isPublic
      ? settings.required('METRICS_TOKEN', secret, '')
      : settings.optional<string | undefined>('METRICS_TOKEN', secret, undefined),
    traces: endpoints.some((url) => url !== undefined),
  };
}
