import { Unzip, UnzipInflate } from 'fflate';

/** What is unpacked of one file, in bytes: said sizes may be lies, so what comes out is counted. */
const MOST_BYTES = 20 * 1024 * 1024;
/** So much is unpacked at a time: a thousand times as much may come out of it. */
const AT_A_TIME = 4 * 1024;

/** Unpacks some parts of a zip, up to 20 MB over all calls. */
export class Unpacker {
  private left = MOST_BYTES;

  constructor(private readonly zip: Uint8Array) {}

  /**
   * The parts of these names, as far as they are there; of two of one name the first.
   * @throws Error when it is no such zip, or more comes out of it than there is room for
   */
  parts(names: readonly string[]): ReadonlyMap<string, Uint8Array> {
    const chunks = new Map<string, Uint8Array[]>();
    const unzip = new Unzip((file) => {
      const { name } = file;
      if (!names.includes(name) || chunks.has(name)) return;
      const made: Uint8Array[] = [];
      chunks.set(name, made);
      this.take(file.originalSize ?? 0, 0);
      file.ondata = (error, chunk) => {
        if (error) throw error;
        this.take(chunk.length, chunk.length);
        made.push(chunk);
      };
      file.start();
    });
    unzip.register(UnzipInflate);
    for (let at = 0; at < this.zip.length; at += AT_A_TIME)
      unzip.push(this.zip.subarray(at, at + AT_A_TIME), at + AT_A_TIME >= this.zip.length);
    return new Map([...chunks].map(([name, made]) => [name, Buffer.concat(made)]));
  }

  private take(needed: number, taken: number): void {
    if (needed > this.left) throw new Error(`more than ${MOST_BYTES} bytes come out of it`);
    this.left -= taken;
  }
}
