/** What a command prints: its result to stdout, and only that; whatever else there is to say to stderr. */

/** The result: in words, or with `--json` as one document. */
export function printResult(json: boolean, result: unknown, inWords: () => string): void {
  print(json ? JSON.stringify(result, null, 2) : inWords());
}

export const print = (text: string): void => void process.stdout.write(`${visible(text)}\n`);

export const tell = (text: string): void => void process.stderr.write(`${visible(text)}\n`);

/** Tells how far long work is, a line whenever so many more are done. */
export function progress(what: string, every: number): (done: number) => void {
  let told = 0;
  return (done) => {
    if (done - told < every) return;
    told = done - (done % every);
    tell(`${what}: ${told} …`);
  };
}

/** What would steer a terminal, or turn the text around, as `\u001b`: in JSON that is the same. */
const visible = (text: string): string =>
  text.replace(
    /[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
