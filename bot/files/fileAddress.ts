import type { FilesConfig } from '../fileSettings';
import { isLoopback } from '../serviceUrl';

/** The address of a file, when it is one that the bot may call; undefined for all others. @param text from outside */
export function fileAddress(text: string, { hosts, isLoopbackAllowed }: FilesConfig): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || url.username || url.password) return undefined;
  if (isLoopback(url)) return isLoopbackAllowed ? url : undefined;
  const isListed = hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return isListed && url.protocol === 'https:' && url.port === '' ? url : undefined;
}
