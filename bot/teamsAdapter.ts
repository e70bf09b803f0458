import { CloudAdapter, type Activity, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { Admitted } from './admission';
import { audienceFor, authenticationFor } from './authentication';
import type { Config } from './config';

/** What the bot does in a turn. */
export type TurnLogic = (context: TurnContext) => Promise<void>;

/** Something to do once the HTTP answer is out; its context is one that outlives the turn's. */
export type AfterAnswerTask = (context: TurnContext) => Promise<void>;

/** A turn that was run, and what is to be done when its answer is out. */
export interface FinishedTurn {
  /** What to answer to an invoke; none for other activities, which are answered with 200 and nothing. */
  readonly response?: InvokeResponse;
  /** Runs what the turn left for later, one by one; an error is logged and never thrown. */
  afterAnswer(): Promise<void>;
}

type Tasks = (() => Promise<void>)[];

const TASKS = Symbol('afterAnswer');
const LASTING_CONTEXT = Symbol('lastingContext');

/**
 * Leaves a task for when the answer to this turn's request is out. The turn's own context can't be used by then
 * (the SDK revokes it), so the task is handed one that can.
 * @throws Error outside a turn that answers a request
 */
export function afterAnswer(context: TurnContext, task: AfterAnswerTask): void {
  const tasks = context.turnState.get<Tasks | undefined>(TASKS);
  if (!tasks) throw new Error('afterAnswer needs a turn that answers a request');
  const lasting = context.turnState.get<TurnContext>(LASTING_CONTEXT);
  tasks.push(() => task(lasting));
}

/** The SDK's adapter behind our own admission, with deadlines on all that it sends. */
export class TeamsAdapter extends CloudAdapter {
  private readonly audience: string;

  constructor(
    config: Config,
    private readonly log: Logger,
  ) {
    super(authenticationFor(config));
    this.audience = audienceFor(config);
    this.onTurnError = (_context, error) => Promise.reject(error);
  }

  /**
   * Runs one turn for an admitted request. An error of the turn is thrown, and what it left for later is dropped.
   */
  async run(
    { claimsIdentity }: Pick<Admitted, 'claimsIdentity'>,
    activity: Activity,
    logic: TurnLogic,
  ): Promise<FinishedTurn> {
    const tasks: Tasks = [];
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(claimsIdentity);
    const response = await this.processActivity(
      { audience: this.audience, claimsIdentity, connectorFactory },
      withDates(activity),
      (context) => {
        context.turnState.set(TASKS, tasks);
        return logic(context);
      },
    );
    return { response, afterAnswer: () => this.runTasks(tasks) };
  }

  protected override runMiddleware(context: TurnContext, next: TurnLogic): Promise<void> {
    context.turnState.set(LASTING_CONTEXT, context);
    return super.runMiddleware(context, next);
  }

  private async runTasks(tasks: Tasks): Promise<void> {
    for (const task of tasks) {
      try {
        await task();
      } catch (err) {
        this.log.error({ err }, 'a task after the answer failed');
      }
    }
  }
}

const DATES = { timestamp: 'rawTimestamp', expiration: 'rawExpiration', localTimestamp: 'rawLocalTimestamp' };

/** The SDK turns these fields of an activity into dates, and keeps their text beside them; so do we. */
function withDates(activity: Activity): Activity {
  for (const [field, rawField] of Object.entries(DATES)) {
    const text: unknown = Reflect.get(activity, field);
    if (typeof text === 'string') Object.assign(activity, { [rawField]: text, [field]: new Date(text) });
  }
  return activity;
}
