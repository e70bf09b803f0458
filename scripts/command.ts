import { parseArgs } from 'node:util';
import { UsageError } from './operator';

/** What `--name` is followed by, or a flag that stands for itself. */
export type Option = { readonly says: string } & (
  { readonly value: string; readonly needed?: true } | { readonly flag: true }
);

type Values<Options> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly flag: true }
    ? boolean
    : Options[Name] extends { readonly needed: true }
      ? string
      : string | undefined;
};

/** A command of the operator's, as the table in `commands.ts` has them. */
export interface Command {
  /** What it does, in a line. */
  readonly says: string;
  readonly options: Readonly<Record<string, Option>>;
  /** What must follow without a name of its own: `FILE`. */
  readonly operand?: string;
  run(args: Arguments): Promise<void>;
}

interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly operand: string;
}

/** Makes an entry of the table. @param run is given the values of its options by name, and its operand */
export function command<const Options extends Command['options']>(
  about: Omit<Command, 'run' | 'options'> & { readonly options: Options },
  run: (values: Values<Options>, operand: string) => Promise<void>,
): Command {
  return { ...about, run: ({ values, operand }) => run(values as Values<Options>, operand) };
}

/** @throws UsageError for whatever is missing, unknown or too much */
export function argumentsOf({ options, operand }: Command, args: readonly string[]): Arguments {
  const { values, positionals } = parsed(options, args);
  for (const [name, option] of Object.entries(options)) {
    if ('flag' in option) values[name] ??= false;
    else if (option.needed && !values[name]) throw new UsageError(`--${name} ${option.value} is missing`);
  }
  if (operand !== undefined && !positionals[0]) throw new UsageError(`${operand} is missing`);
  const surplus = positionals[operand === undefined ? 0 : 1];
  if (surplus !== undefined) throw new UsageError(`${surplus} is one word too many`);
  return { values, operand: positionals[0] ?? '' };
}

function parsed(options: Command['options'], args: readonly string[]) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      { type: 'flag' in option ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: config, allowPositionals: true });
    return { values: { ...values }, positionals };
  } catch (error) {
    // Its further sentences are advice for programs' authors.
    if (error instanceof TypeError)
      throw new UsageError(error.message.split(/\. |\.?\n/)[0], { cause: error });
    throw error;
  }
}

/** How it is written: `import --tenant ID FILE [--dry-run]`. */
export function usageOf(name: string, { options, operand }: Command): string {
  const all = Object.entries(options);
  const isNeeded = ([, option]: (typeof all)[number]) => 'needed' in option;
  const needed = all.filter(isNeeded).map(written);
  const free = all.filter((each) => !isNeeded(each)).map((each) => `[${written(each)}]`);
  return [name, ...needed, ...(operand === undefined ? [] : [operand]), ...free].join(' ');
}

const written = ([name, option]: readonly [string, Option]): string =>
  'flag' in option ? `--${name}` : `--${name} ${option.value}`;

/** How it is written, what it does, and each of its options. */
export function helpOf(name: string, command: Command): string {
  const options = Object.entries(command.options).map((each) => [written(each), each[1].says] as const);
  const width = Math.max(...options.map(([how]) => how.length));
  return [
    `npm run admin -- ${usageOf(name, command)}`,
    '',
    `${command.says}.`,
    '',
    ...options.map(([how, says]) => `  ${how.padEnd(width)}  ${says}`),
    '',
  ].join('\n');
}
