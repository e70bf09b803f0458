import type { Person } from '../benefits/model';
import { languageOf } from '../benefits/people';
import type { Ports } from '../benefits/ports';
import { type Texts, textsIn } from '../locales/texts';

/** The texts of somebody whose card is written over. */
export async function textsFor({ ledger }: Ports, reader: Person | undefined): Promise<Texts> {
  const [language, timeZone] = [reader && languageOf(reader, undefined), reader?.chat?.timeZone];
  const company = language ? undefined : await ledger.company();
  return textsIn(language ?? company?.language ?? 'en', timeZone ?? 'UTC');
}
